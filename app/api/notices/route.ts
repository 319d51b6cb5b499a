import { route } from "@/server/http/route.ts";

/** What happened to this account that this session has not been told yet. */
export const GET = route({
  access: "signed-in",
  handle: ({ services, session }) => services.ownJournal.notices(session),
});
