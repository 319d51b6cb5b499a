import { offerRoomForm, roomParams } from "@/lib/protocol/http/admin/rooms.ts";
import { route } from "@/server/http/route.ts";

/** Asks somebody to take over a room that lost its owners, in place of whom was asked before. */
export const PUT = route({
  access: "signed-in",
  permission: "change-rooms",
  stepUp: true,
  params: roomParams,
  body: offerRoomForm,
  handle: ({ services, session, params, body, client }) =>
    services.admin.handOver.offer(session, params.id, body.account, client),
});

/** Asks nobody any more. */
export const DELETE = route({
  access: "signed-in",
  permission: "change-rooms",
  stepUp: true,
  params: roomParams,
  handle: ({ services, session, params, client }) =>
    services.admin.handOver.withdraw(session, params.id, client),
});
