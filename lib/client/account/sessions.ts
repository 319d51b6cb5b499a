import { AppError } from "../../protocol/errors.ts";
import { sessionAnswer } from "../../protocol/http/accounts.ts";
import { devicesAnswer, sessionsAnswer } from "../../protocol/http/sessions.ts";
import type { Api } from "../api.ts";
import type { SessionActions, StepUpProof } from "../model-account.ts";
import { joinBrowsers } from "./browsers.ts";
import { afterRevocation } from "./keys.ts";
import type { AccountParts } from "./parts.ts";
import { unlessGone } from "./unless-gone.ts";

/** Also for an entrance that is signed in but not unlocked yet. */
export function stepUp(api: Api, proof: StepUpProof): Promise<void> {
  return api.send("POST", "/api/step-up", proof);
}

export function createSessionActions(parts: AccountParts): SessionActions {
  const { api } = parts;

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
    async remove(device) {
      await api.send("DELETE", `/api/devices/${device}`, {});
      await afterRevocation(parts, device).catch(() => {
        // It is removed. The renewal that follows goes on by itself.
      });
    },
    left: readLeft,

    async stay() {
      await api.renewSession(true);
      return readLeft();
    },
  };
}
