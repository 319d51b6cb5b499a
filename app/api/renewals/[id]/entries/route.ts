import { renewalParams, stagedEntriesQuery, stageEntriesBody } from "@/lib/protocol/http/renewals.ts";
import { route } from "@/server/http/route.ts";

/** A page of what was staged, for reading it back. */
export const GET = route({
  access: "signed-in",
  params: renewalParams,
  query: stagedEntriesQuery,
  handle: ({ services, session, params, query }) => services.renewals.staged(session, params.id, query.after),
});

/** Entries of the new vault; the same one again replaces what was staged. */
export const PUT = route({
  access: "signed-in",
  unattended: true,
  params: renewalParams,
  body: stageEntriesBody,
  handle: ({ services, session, params, body }) => services.renewals.stage(session, params.id, body.entries),
});
