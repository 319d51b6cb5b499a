import { tryAccessRulesBody } from "@/lib/protocol/http/admin/access-rules.ts";
import { route } from "@/server/http/route.ts";

/** Who would be shut out by these rules. Changes nothing. */
export const POST = route({
  access: "signed-in",
  permission: "see-access-rules",
  body: tryAccessRulesBody,
  bodyBytes: 1_000_000,
  handle: ({ services, session, body, client }) =>
    services.admin.accessRules.try(body.rules, session, client),
});
