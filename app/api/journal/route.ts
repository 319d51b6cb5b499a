import { journalQuery } from "@/lib/protocol/http/journal.ts";
import { route } from "@/server/http/route.ts";

/** What happened to this account. */
export const GET = route({
  access: "signed-in",
  query: journalQuery,
  handle: ({ services, session, query }) => services.ownJournal.page(session, query.before),
});
