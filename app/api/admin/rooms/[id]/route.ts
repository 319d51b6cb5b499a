import { deleteRoomForm, roomParams } from "@/lib/protocol/http/admin/rooms.ts";
import { route } from "@/server/http/route.ts";

/** One room: figures, and what its moderators did. */
export const GET = route({
  access: "signed-in",
  permission: "see-rooms",
  params: roomParams,
  handle: ({ services, params }) => services.admin.rooms.read(params.id),
});

/** Ends it for everybody, at once and for good. */
export const DELETE = route({
  access: "signed-in",
  permission: "change-rooms",
  stepUp: true,
  params: roomParams,
  body: deleteRoomForm,
  handle: ({ services, session, params, body, client }) =>
    services.admin.rooms.delete(session, params.id, body.members, client),
});
