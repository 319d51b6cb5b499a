import { noticesSeenBody } from "@/lib/protocol/http/journal.ts";
import { route } from "@/server/http/route.ts";

export const PUT = route({
  access: "signed-in",
  body: noticesSeenBody,
  handle: ({ services, session, body }) => services.ownJournal.seen(session, body.id),
});
