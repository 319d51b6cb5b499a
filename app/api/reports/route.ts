import { reportBody, reportsQuery } from "@/lib/protocol/http/reports.ts";
import { route } from "@/server/http/route.ts";
import { SERVER_LIMITS } from "@/server/limits";

/** Reports to the caller: of one room, or of the whole server. */
export const GET = route({
  access: "signed-in",
  query: reportsQuery,
  async handle({ services, session, query, client }) {
    const { reports, more } = await services.reports.list(session, query, client);
    return {
      reports: reports.map(({ decision, decidedAt, decidedBy, measure, ...report }) => ({
        ...report,
        ...(decision && { decision }),
        ...(decidedAt !== null && { decidedAt }),
        ...(decidedBy && { decidedBy }),
        ...(measure && { measure }),
      })),
      more,
    };
  },
});

/** Shows messages to those who may do something about them, sealed. */
export const POST = route({
  access: "signed-in",
  body: reportBody,
  bodyBytes: SERVER_LIMITS.reportBodyBytes,
  handle: ({ services, session, body, client }) => services.reports.submit(session, body, client),
});
