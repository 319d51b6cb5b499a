import { peopleQuery } from "@/lib/protocol/http/admin/people.ts";
import { route } from "@/server/http/route.ts";

/** People, a page at a time, or those whom a search finds. */
export const GET = route({
  access: "signed-in",
  permission: "see-people",
  query: peopleQuery,
  handle: ({ services, query }) => services.admin.people.list(query),
});
