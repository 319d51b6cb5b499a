import { roomHeirsQuery, roomParams } from "@/lib/protocol/http/admin/rooms.ts";
import { route } from "@/server/http/route.ts";

/** Who may take over a room that lost its owners. */
export const GET = route({
  access: "signed-in",
  permission: "see-rooms",
  params: roomParams,
  query: roomHeirsQuery,
  handle: ({ services, params, query }) => services.admin.handOver.heirs(params.id, query.q ?? ""),
});
