import { ruledRoomsQuery } from "@/lib/protocol/http/admin/access-rules.ts";
import { route } from "@/server/http/route.ts";

/** Rooms that a rule may be about: public ones by the start of their names, any by its id. */
export const GET = route({
  access: "signed-in",
  permission: "see-access-rules",
  query: ruledRoomsQuery,
  handle: async ({ services, query }) => ({ rooms: await services.admin.accessRules.findRooms(query.q) }),
});
