import type { infer as Infer } from "zod/mini";
import { AppError } from "../../protocol/errors.ts";
import { meAnswer } from "../../protocol/http/accounts.ts";
import { type Api, createApi } from "../api.ts";
import { browserFetch } from "../browser-fetch.ts";
import type { StepUpProof } from "../model-account.ts";

/** The administration in a browser: requests without keys, and without the messenger. */
export interface Admin {
  readonly api: Api;
  readonly me: Infer<typeof meAnswer>["account"];
  readonly role: Infer<typeof meAnswer>["role"];
  stepUp(proof: StepUpProof): Promise<void>;
}

/** @throws AppError "signed-out" */
export async function openAdmin(): Promise<Admin> {
  const api = createApi({ fetch: browserFetch });
  if (!(await api.renewSession(true))) throw new AppError("signed-out");
  const { account: me, role } = await api.get("/api/me", meAnswer);
  return { api, me, role, stepUp: (proof) => api.send("POST", "/api/step-up", proof) };
}
