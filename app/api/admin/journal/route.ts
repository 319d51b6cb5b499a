import { journalPageQuery } from "@/lib/protocol/http/admin/journal.ts";
import { route } from "@/server/http/route.ts";

/** What happened to everybody, newest first, a page at a time. */
export const GET = route({
  access: "signed-in",
  permission: "see-journal",
  query: journalPageQuery,
  handle: ({ services, query }) => services.admin.journal.list(query),
});
