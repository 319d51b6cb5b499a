import { confirmAccessRulesBody } from "@/lib/protocol/http/admin/access-rules.ts";
import { route } from "@/server/http/route.ts";

/** Rules that would end by themselves stay, from where they let somebody in. */
export const POST = route({
  access: "signed-in",
  permission: "change-access-rules",
  stepUp: true,
  body: confirmAccessRulesBody,
  handle: ({ services, session, body, client }) =>
    services.admin.accessRules.confirm(body.version, session, client),
});
