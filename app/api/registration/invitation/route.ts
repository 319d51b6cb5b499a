import { readInvitationBody } from "@/lib/protocol/http/entrance.ts";
import { route } from "@/server/http/route.ts";

/** What an invitation suggests, for whoever holds it. A body, because addresses end in logs. */
export const POST = route({
  access: "anybody",
  body: readInvitationBody,
  handle: ({ services, body }) => services.registration.readInvitation(body.invitation),
});
