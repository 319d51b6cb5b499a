import { type PoliciesView, policiesAnswer } from "../../protocol/http/admin/policies.ts";
import type { PolicyValues } from "../../protocol/policies.ts";
import type { Api } from "../api.ts";

export interface PolicyCalls {
  read(): Promise<PoliciesView>;
  /** Those that are named; the others stay. */
  change(changes: Partial<PolicyValues>): Promise<void>;
}

export const createPolicyCalls = (api: Api): PolicyCalls => ({
  read: () => api.get("/api/admin/policies", policiesAnswer),
  change: (changes) => api.send("PUT", "/api/admin/policies", changes),
});
