import { AppError } from "../protocol/errors.ts";
import { meAnswer, startRegistrationAnswer, startSignInAnswer } from "../protocol/http/accounts.ts";
import { stepUp } from "./account/sessions.ts";
import { createApi } from "./api.ts";
import { confirmSignIn, signOut } from "./auth-actions.ts";
import { browserPlatform } from "./browser-platform.ts";
import { makeFirstKeys } from "./make-keys.ts";
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

    async whereTo() {
      const account = await api.renewSession(true);
      if (!account) return "sign-in";
      const { hasKeys } = await api.get("/api/me", meAnswer);
      if (!hasKeys) return "keys";
      return (await unlockWithDevice(api, platform, account)) ? "messenger" : "recover";
    },

    async prepareKeys() {
      const account = await requireAccount();
      const { recoveryCode, local, published } = await makeFirstKeys(
        account,
        platform.deviceName,
        platform.now(),
      );
      return {
        recoveryCode,
        async commit() {
          // Kept before it is published: the account must never have keys that no browser holds.
          const before = await platform.storage.findDevice(account);
          await platform.storage.saveDevice(local);
          await platform.storage.persist();
          try {
            await api.send("POST", "/api/keys", published);
          } catch (error) {
            // Another tab was faster: this browser is the device that tab made.
            if (before && error instanceof AppError && error.code === "keys-exist") {
              await platform.storage.saveDevice(before);
            }
            throw error;
          }
        },
      };
    },

    recover: async (code) => unlockWithRecoveryCode(api, platform, await requireAccount(), code),

    async prepareReset() {
      const [{ prepareReset }, account] = await Promise.all([import("./reset.ts"), requireAccount()]);
      return prepareReset(api, platform, account);
    },

    linkByCode: async () => (await newcomer()).byCode(),
    linkBySymbols: async () => (await newcomer()).bySymbols(),

    stepUp: (proof) => stepUp(api, proof),
    signOut: () => signOut(api),
  };
}
