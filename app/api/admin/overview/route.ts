import { overviewQuery } from "@/lib/protocol/http/admin/overview.ts";
import { route } from "@/server/http/route.ts";

/** How the server fares. Asked for by itself every few seconds, so that looking on is no activity. */
export const GET = route({
  access: "signed-in",
  permission: "see-overview",
  unattended: true,
  query: overviewQuery,
  handle: ({ services, query }) => services.admin.overview.read(query.days),
});
