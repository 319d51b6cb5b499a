import { journalTailQuery } from "@/lib/protocol/http/admin/journal.ts";
import { route } from "@/server/http/route.ts";

/** The newest entries. Asked for by itself every few seconds, so that looking on is no activity. */
export const GET = route({
  access: "signed-in",
  permission: "see-journal",
  unattended: true,
  query: journalTailQuery,
  handle: ({ services, query }) => services.admin.journal.tail(query),
});
