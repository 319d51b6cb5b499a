import { personParams } from "@/lib/protocol/http/admin/people.ts";
import { route } from "@/server/http/route.ts";

/** Ends somebody's authenticator, and makes the link to a new one: its secret is told here, and nowhere again. */
export const POST = route({
  access: "signed-in",
  permission: "change-people",
  stepUp: true,
  params: personParams,
  handle: ({ services, session, params, client }) =>
    services.admin.people.endAuthenticator(session, params.id, client),
});
