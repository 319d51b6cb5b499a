import { setAccessRulesBody } from "@/lib/protocol/http/admin/access-rules.ts";
import { route } from "@/server/http/route.ts";

/** The rules that hold, in their order. */
export const GET = route({
  access: "signed-in",
  permission: "see-access-rules",
  handle: ({ services, client }) => services.admin.accessRules.read(client),
});

/** All of them at once. Open sessions follow at once here, within half a minute on other nodes. */
export const PUT = route({
  access: "signed-in",
  permission: "change-access-rules",
  stepUp: true,
  body: setAccessRulesBody,
  bodyBytes: 1_000_000,
  handle: ({ services, session, body, client }) => services.admin.accessRules.set(body, session, client),
});
