import { changePoliciesBody } from "@/lib/protocol/http/admin/policies.ts";
import { route } from "@/server/http/route.ts";

/** What is set, by whom, and since when. */
export const GET = route({
  access: "signed-in",
  permission: "see-policies",
  handle: async ({ services }) => ({
    policies: await services.policies.list(),
    messageRetention: services.retention.given,
  }),
});

/** Holds on this node from the answer on, on others within seconds. */
export const PUT = route({
  access: "signed-in",
  permission: "change-policies",
  stepUp: true,
  body: changePoliciesBody,
  handle: ({ services, session, body, client }) => services.policies.change(session.accountId, body, client),
});
