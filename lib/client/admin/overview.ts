import { type OverviewView, overviewAnswer } from "../../protocol/http/admin/overview.ts";
import type { Api } from "../api.ts";

export interface OverviewCalls {
  read(): Promise<OverviewView>;
}

export const createOverviewCalls = (api: Api): OverviewCalls => ({
  read: () => api.get("/api/admin/overview", overviewAnswer),
});
