import { personParams, roleBody } from "@/lib/protocol/http/admin/people.ts";
import { route } from "@/server/http/route.ts";

/** What the account may be from now on. */
export const PUT = route({
  access: "signed-in",
  permission: "change-people",
  stepUp: true,
  params: personParams,
  body: roleBody,
  handle: ({ services, session, params, body, client }) =>
    services.admin.people.setRole(session, params.id, body.role, client),
});
