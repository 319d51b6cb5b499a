import { invitationParams } from "@/lib/protocol/http/admin/invitations.ts";
import { route } from "@/server/http/route.ts";

/** One invitation, and who came by it. */
export const GET = route({
  access: "signed-in",
  permission: "see-policies",
  params: invitationParams,
  handle: ({ services, params }) => services.admin.invitations.read(params.id),
});

/** It is good for nobody any more; who has come by it stays. */
export const DELETE = route({
  access: "signed-in",
  permission: "change-people",
  stepUp: true,
  params: invitationParams,
  handle: ({ services, session, params, client }) =>
    services.admin.invitations.revoke(session, params.id, client),
});
