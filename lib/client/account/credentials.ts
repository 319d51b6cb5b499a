import { appPasswordMade, appPasswordsAnswer } from "../../protocol/http/app-passwords.ts";
import { credentialsAnswer, signInCodesAnswer, startTotpAnswer } from "../../protocol/http/credentials.ts";
import { formatSignInCode } from "../../protocol/sign-in-code.ts";
import type { CredentialActions } from "../model-account.ts";
import type { AccountParts } from "./parts.ts";
import { unlessGone } from "./unless-gone.ts";

export function createCredentialActions({ api }: Pick<AccountParts, "api">): CredentialActions {
  return {
    status: () => api.get("/api/credentials", credentialsAnswer),
    changePassword: (password) => api.send("PUT", "/api/password", { password }),
    async makeSignInCodes() {
      const { codes } = await api.post("/api/sign-in-codes", {}, signInCodesAnswer);
      return codes.map(formatSignInCode);
    },
    appPasswords: () => api.get("/api/app-passwords", appPasswordsAnswer),
    async makeAppPassword(name) {
      return (await api.post("/api/app-passwords", { name }, appPasswordMade)).appPassword;
    },
    removeAppPassword: (id) => api.send("DELETE", `/api/app-passwords/${id}`, {}).catch(unlessGone),
    startAuthenticator: () => api.post("/api/totp", {}, startTotpAnswer),
    confirmAuthenticator: (step) => api.send("POST", "/api/totp/confirm", step),
  };
}
