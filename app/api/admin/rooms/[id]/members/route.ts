import { roomMembersQuery, roomParams } from "@/lib/protocol/http/admin/rooms.ts";
import { route } from "@/server/http/route.ts";

/** Who is in it, owners first, a page at a time. */
export const GET = route({
  access: "signed-in",
  permission: "see-rooms",
  params: roomParams,
  query: roomMembersQuery,
  handle: ({ services, params, query }) => services.admin.rooms.members(params.id, query.after),
});
