import { journalExportQuery } from "@/lib/protocol/http/admin/journal.ts";
import { route } from "@/server/http/route.ts";
import { streamed } from "@/server/http/streamed.ts";

const TYPES = { csv: "text/csv; charset=utf-8", ndjson: "application/x-ndjson" } as const;

/** Every entry that fits, as a stream. */
export const GET = route({
  access: "signed-in",
  permission: "see-journal",
  stepUp: true,
  query: journalExportQuery,
  async handle({ services, session, query: { format, ...question }, client }) {
    return streamed(await services.admin.journal.export(session, question, format, client), TYPES[format]);
  },
});
