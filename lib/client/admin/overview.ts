import { type OverviewDays, type OverviewView, overviewAnswer } from "../../protocol/http/admin/overview.ts";
import type { Api } from "../api.ts";

export interface OverviewCalls {
  /** @param days that series have, the last of them today */
  read(days: OverviewDays): Promise<OverviewView>;
}

export const createOverviewCalls = (api: Api): OverviewCalls => ({
  read: (days) => api.get(`/api/admin/overview?days=${days}`, overviewAnswer),
});
