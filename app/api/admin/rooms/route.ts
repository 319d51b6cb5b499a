import { roomsQuery } from "@/lib/protocol/http/admin/rooms.ts";
import { route } from "@/server/http/route.ts";

/** Rooms, a page at a time, or those that a search finds. */
export const GET = route({
  access: "signed-in",
  permission: "see-rooms",
  query: roomsQuery,
  handle: ({ services, query }) => services.admin.rooms.list(query),
});
