import { AppError } from "../protocol/errors.ts";
import { meAnswer } from "../protocol/http/accounts.ts";
import { startTotpAnswer } from "../protocol/http/credentials.ts";
import { startRegistrationAnswer, startSignInAnswer } from "../protocol/http/entrance.ts";
import { stepUp } from "./account/sessions.ts";
import { createApi } from "./api.ts";
import { confirmSignIn, signOut } from "./auth-actions.ts";
import { browserPlatform } from "./browser-platform.ts";
import type { Entrance } from "./model.ts";
import type { Platform } from "./platform.ts";
import { unlockWithRecoveryCode } from "./recover.ts";
import { unlockWithDevice } from "./unlock.ts";

export function createEntrance(platform: Platform = browserPlatform()): Entrance {
  const api = createApi(platform);

  async function requireAccount() {
    const account = await api.renewSession(true);
    if (!account) throw new AppError("signed-out");
    return account;
  }

  async function newcomer() {
    const [{ createNewcomer }, account] = await Promise.all([import("./link-newcomer.ts"), requireAccount()]);
    return createNewcomer(api, platform, account);
  }

  return {
    startRegistration: (form) => api.post("/api/registration", form, startRegistrationAnswer),
    confirmRegistration: (step) => api.send("POST", "/api/registration/confirm", step),
    startSignIn: (form) => api.post("/api/sign-in", form, startSignInAnswer),

    confirmSignIn: (step) => confirmSignIn(api, step),

    startEnrolment: (form) => api.post("/api/authenticator", form, startTotpAnswer),
    confirmEnrolment: (step) => api.send("POST", "/api/authenticator/confirm", step),

    async whereTo() {
      const account = await api.renewSession(true);
      if (!account) return "sign-in";
      const { hasKeys } = await api.get("/api/me", meAnswer);
      if (!hasKeys) {
        const { requireKeyless } = await import("./require-keyless.ts");
        await requireKeyless(platform, account);
        return "keys";
      }
      return (await unlockWithDevice(api, platform, account)) ? "messenger" : "recover";
    },

    async prepareKeys() {
      const [{ prepareKeys }, account] = await Promise.all([import("./prepare-keys.ts"), requireAccount()]);
      return prepareKeys(api, platform, account);
    },

    recover: async (code) => unlockWithRecoveryCode(api, platform, await requireAccount(), code),

    async prepareReset(name) {
      const [{ prepareReset }, account] = await Promise.all([import("./reset.ts"), requireAccount()]);
      const { account: me } = await api.get("/api/me", meAnswer);
      if (name.trim().toLowerCase() !== me.name) throw new AppError("bad-credentials", "another name");
      return prepareReset(api, platform, account);
    },

    linkByCode: async () => (await newcomer()).byCode(),
    linkBySymbols: async () => (await newcomer()).bySymbols(),

    stepUp: (proof) => stepUp(api, proof),
    signOut: () => signOut(api),
    async forget() {
      const account = await requireAccount();
      await signOut(api);
      await platform.storage.erase(account);
    },
  };
}
