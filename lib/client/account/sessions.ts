import type { Api } from "../api.ts";
import type { SessionActions, StepUpProof } from "../model-account.ts";
import type { AccountParts } from "./parts.ts";

/** Also for an entrance that is signed in but not unlocked yet. */
export function stepUp(api: Api, proof: StepUpProof): Promise<void> {
  return api.send("POST", "/api/step-up", proof);
}

export function createSessionActions({ api }: AccountParts): SessionActions {
  return { stepUp: (proof) => stepUp(api, proof) };
}
