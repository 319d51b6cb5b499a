import { moderationQuery } from "@/lib/protocol/http/admin/moderation.ts";
import { route } from "@/server/http/route.ts";

/** What was reported to those who run the server, and what became of it, a page at a time. */
export const GET = route({
  access: "signed-in",
  permission: "see-moderation",
  query: moderationQuery,
  handle: ({ services, query }) => services.admin.moderation.list(query.state, query.after),
});
