import type { AccessRule } from "../../protocol/access-rules.ts";
import {
  type AccessRulesView,
  type AccessTrial,
  accessRulesAnswer,
  accessTrialAnswer,
  type SetAccessRules,
} from "../../protocol/http/admin/access-rules.ts";
import type { Api } from "../api.ts";

const PATH = "/api/admin/access-rules";

export interface AccessRuleCalls {
  read(): Promise<AccessRulesView>;
  /** Who is let in now and would not be by these. Changes nothing. */
  try(rules: readonly AccessRule[]): Promise<AccessTrial>;
  /** All of them at once. @throws AppError "conflict", "locks-out-author", "bad-request" */
  set(form: SetAccessRules): Promise<void>;
  /** @throws AppError "expired" */
  confirm(version: number): Promise<void>;
}

export const createAccessRuleCalls = (api: Api): AccessRuleCalls => ({
  read: () => api.get(PATH, accessRulesAnswer),
  try: (rules) => api.post(`${PATH}/trial`, { rules }, accessTrialAnswer),
  set: (form) => api.send("PUT", PATH, form),
  confirm: (version) => api.send("POST", `${PATH}/confirmation`, { version }),
});
