import { openReportsAnswer, ownReportsAnswer, reportsAnswer } from "../../protocol/http/reports.ts";
import type { Reports } from "../model-reports.ts";
import { withAppErrors } from "../rooms/refusals.ts";
import { findAudiences } from "./audiences.ts";
import { createReportReader } from "./read-report.ts";
import type { ReportParts } from "./report-parts.ts";
import { sendReport } from "./send-report.ts";

/** Everything a person does with reports; loaded with the first of it, not with the messenger. */
export function createReports(parts: ReportParts): Reports {
  const { api } = parts;
  const readReport = createReportReader(parts);
  return withAppErrors<Reports>({
    audiences: (conversation, about) => findAudiences(parts, conversation, about),
    send: (report) => sendReport(parts, report),

    async received(conversation, before) {
      const query = new URLSearchParams({
        ...(conversation && { conversation }),
        ...(before && { before }),
      });
      const { reports, more } = await api.get(`/api/reports?${query}`, reportsAnswer);
      return { reports: await Promise.all(reports.map(readReport)), more };
    },

    decide: (report, decision) => api.send("POST", `/api/reports/${report}/decision`, { decision }),

    act: (report, acting) => api.send("POST", `/api/admin/moderation/${report}`, acting),

    async waiting() {
      const { steward, open, outcomes, warnings } = await api.get("/api/reports/waiting", openReportsAnswer);
      return {
        steward,
        open: new Map(open.map(({ conversation, count }) => [conversation, count])),
        outcomes,
        warnings,
      };
    },

    async own() {
      const { reports } = await api.get("/api/reports/own", ownReportsAnswer);
      return reports.map(({ decision = null, id, conversation, audience, at, seen }) => ({
        id,
        conversation,
        audience,
        at,
        decision,
        seen,
      }));
    },

    markSeen: () => api.send("POST", "/api/reports/own/seen", {}),
    readWarning: (warning) => api.send("DELETE", `/api/reports/warnings/${warning}`, {}),
  });
}
