import { roomParams } from "@/lib/protocol/http/admin/rooms.ts";
import { route } from "@/server/http/route.ts";

/** Nothing new comes in from now on; everybody keeps reading. */
export const PUT = route({
  access: "signed-in",
  permission: "change-rooms",
  stepUp: true,
  params: roomParams,
  handle: ({ services, session, params, client }) =>
    services.admin.rooms.setArchived(session, params.id, true, client),
});

/** Opens it again. */
export const DELETE = route({
  access: "signed-in",
  permission: "change-rooms",
  stepUp: true,
  params: roomParams,
  handle: ({ services, session, params, client }) =>
    services.admin.rooms.setArchived(session, params.id, false, client),
});
