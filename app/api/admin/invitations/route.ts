import { invitationBody, invitationsQuery } from "@/lib/protocol/http/admin/invitations.ts";
import { route } from "@/server/http/route.ts";

/** Invitations, newest first, a page at a time. */
export const GET = route({
  access: "signed-in",
  permission: "see-policies",
  query: invitationsQuery,
  handle: ({ services, query }) => services.admin.invitations.list(query.after),
});

/** A new one: its secret is told here, and nowhere again. */
export const POST = route({
  access: "signed-in",
  permission: "change-people",
  stepUp: true,
  body: invitationBody,
  handle: ({ services, session, body, client }) => services.admin.invitations.create(session, body, client),
});
