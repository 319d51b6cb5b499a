import * as z from "zod/mini";
import type { ReportId } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { decisionBody } from "@/lib/protocol/http/reports.ts";
import { route } from "@/server/http/route.ts";

/** What became of a report, by one of those who got it; the first word counts. */
export const POST = route({
  access: "signed-in",
  params: z.object({ id: id<ReportId>() }),
  body: decisionBody,
  handle: ({ services, session, params, body, client }) =>
    services.reports.decide(session, params.id, body.decision, client),
});
