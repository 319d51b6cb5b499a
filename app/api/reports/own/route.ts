import { route } from "@/server/http/route.ts";

/** What the caller reported, and what became of it. */
export const GET = route({
  access: "signed-in",
  async handle({ services, session }) {
    const { reports } = await services.reports.own(session);
    return {
      reports: reports.map(({ decision, decidedAt, ...report }) => ({
        ...report,
        ...(decision && { decision }),
        ...(decidedAt !== null && { decidedAt }),
      })),
    };
  },
});
