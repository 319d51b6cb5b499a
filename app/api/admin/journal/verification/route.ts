import { journalVerificationQuery } from "@/lib/protocol/http/admin/journal.ts";
import { route } from "@/server/http/route.ts";
import { streamed } from "@/server/http/streamed.ts";

/** Follows the hash chain: lines of progress, the last one says what was found. */
export const GET = route({
  access: "signed-in",
  permission: "see-journal",
  query: journalVerificationQuery,
  handle: async ({ services, query }) =>
    streamed(services.admin.journal.verify(query.expect), "application/x-ndjson"),
});
