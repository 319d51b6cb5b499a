import type { AccessRule } from "../../protocol/access-rules.ts";
import {
  type AccessRulesView,
  type AccessTrial,
  accessRulesAnswer,
  accessTrialAnswer,
  type RuledRoom,
  ruledRoomsAnswer,
  type SetAccessRules,
} from "../../protocol/http/admin/access-rules.ts";
import type { Api } from "../api.ts";

const PATH = "/api/admin/access-rules";

export interface AccessRuleCalls {
  read(): Promise<AccessRulesView>;
  /** Public rooms by the start of their names, any by its id. */
  findRooms(text: string): Promise<readonly RuledRoom[]>;
  /** Who is let in now and would not be by these. Changes nothing. */
  try(rules: readonly AccessRule[]): Promise<AccessTrial>;
  /** All of them at once. @throws AppError "conflict", "locks-out-author", "bad-request" */
  set(form: SetAccessRules): Promise<void>;
  /** @throws AppError "expired" */
  confirm(version: number): Promise<void>;
}

export const createAccessRuleCalls = (api: Api): AccessRuleCalls => ({
  read: () => api.get(PATH, accessRulesAnswer),
  findRooms: async (text) =>
    (await api.get(`${PATH}/rooms?${new URLSearchParams({ q: text })}`, ruledRoomsAnswer)).rooms,
  try: (rules) => api.post(`${PATH}/trial`, { rules }, accessTrialAnswer),
  set: (form) => api.send("PUT", PATH, form),
  confirm: (version) => api.send("POST", `${PATH}/confirmation`, { version }),
});
