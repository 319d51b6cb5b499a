import { deletePersonBody, personParams } from "@/lib/protocol/http/admin/people.ts";
import { route } from "@/server/http/route.ts";

/** One person, and where they are signed in. */
export const GET = route({
  access: "signed-in",
  permission: "see-people",
  params: personParams,
  handle: ({ services, params }) => services.admin.people.read(params.id),
});

/** Deletes the account, at once and for good. */
export const DELETE = route({
  access: "signed-in",
  permission: "change-people",
  stepUp: true,
  params: personParams,
  body: deletePersonBody,
  handle: ({ services, session, params, body, client }) =>
    services.admin.people.delete(session, params.id, body.name, client),
});
