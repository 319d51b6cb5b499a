import { importBody } from "@/lib/protocol/http/admin/invitations.ts";
import { route } from "@/server/http/route.ts";

/** An invitation for each person of a list; who has an account by that name is passed over. */
export const POST = route({
  access: "signed-in",
  permission: "change-people",
  stepUp: true,
  body: importBody,
  handle: ({ services, session, body, client }) => services.admin.invitations.import(session, body, client),
});
