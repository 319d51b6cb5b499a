import type { AccountId } from "../base/ids.ts";

/** Both factors, for what is dangerous. */
export interface StepUpProof {
  readonly password: string;
  readonly code: string;
}

/** What views see of the account: one group of actions for each part of the settings. Each rejects with AppError. */
export interface Account {
  readonly id: AccountId;
  readonly sessions: SessionActions;
}

export interface SessionActions {
  /** For the next five minutes this session may do what is dangerous. */
  stepUp(proof: StepUpProof): Promise<void>;
}
