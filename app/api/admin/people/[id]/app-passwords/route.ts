import { allowAppPasswordsBody, personParams } from "@/lib/protocol/http/admin/people.ts";
import { route } from "@/server/http/route.ts";

/** Whether somebody may sign programs in by app passwords; where not, there are none any more. */
export const PUT = route({
  access: "signed-in",
  permission: "change-people",
  stepUp: true,
  params: personParams,
  body: allowAppPasswordsBody,
  handle: ({ services, session, params, body, client }) =>
    services.admin.people.allowAppPasswords(session, params.id, body.allowed, client),
});
