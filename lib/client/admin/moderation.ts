import {
  type ModerationPage,
  moderationPage,
  type ReportState,
} from "../../protocol/http/admin/moderation.ts";
import type { Api } from "../api.ts";

export interface ModerationCalls {
  /** @param after `next` of the page before */
  list(state: ReportState, after: string | null): Promise<ModerationPage>;
}

export const createModerationCalls = (api: Api): ModerationCalls => ({
  list(state, after) {
    const query = new URLSearchParams({ state, ...(after !== null && { after }) });
    return api.get(`/api/admin/moderation?${query}`, moderationPage);
  },
});
