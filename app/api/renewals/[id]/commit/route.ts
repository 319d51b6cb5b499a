import { commitRenewalBody, renewalParams } from "@/lib/protocol/http/renewals.ts";
import { route } from "@/server/http/route.ts";

/** The new vault and its keys in place of the old ones, all or nothing. */
export const POST = route({
  access: "signed-in",
  unattended: true,
  params: renewalParams,
  body: commitRenewalBody,
  handle: ({ services, session, params, body, client }) =>
    services.renewals.commit(session, params.id, body, client),
});
