import { AppError } from "../../protocol/errors.ts";
import { sessionAnswer } from "../../protocol/http/accounts.ts";
import { devicesAnswer, sessionsAnswer } from "../../protocol/http/sessions.ts";
import type { Api } from "../api.ts";
import type { SessionActions, StepUpProof } from "../model-account.ts";
import { joinBrowsers } from "./browsers.ts";
import type { AccountParts } from "./parts.ts";

/** Also for an entrance that is signed in but not unlocked yet. */
export function stepUp(api: Api, proof: StepUpProof): Promise<void> {
  return api.send("POST", "/api/step-up", proof);
}

export function createSessionActions({ api }: AccountParts): SessionActions {
  async function readLeft() {
    const { left } = await api.get("/api/auth/session", sessionAnswer);
    if (!left) throw new AppError("signed-out");
    return left;
  }

  return {
    stepUp: (proof) => stepUp(api, proof),

    async browsers() {
      const [{ sessions }, { devices }] = await Promise.all([
        api.get("/api/sessions", sessionsAnswer),
        api.get("/api/devices", devicesAnswer),
      ]);
      return joinBrowsers(sessions, devices);
    },

    async end({ sessions }) {
      for (const id of sessions) await api.send("DELETE", `/api/sessions/${id}`, {}).catch(unlessGone);
    },

    endOthers: () => api.send("POST", "/api/sessions/end-others", {}),
    rename: (device, name) => api.send("PUT", `/api/devices/${device}`, { name }),
    remove: (device) => api.send("DELETE", `/api/devices/${device}`, {}),
    left: readLeft,

    async stay() {
      await api.renewSession(true);
      return readLeft();
    },
  };
}

/** It has ended by itself meanwhile: what was wanted is so. */
function unlessGone(error: unknown): void {
  if (!(error instanceof AppError && error.code === "not-found")) throw error;
}
