import { credentialsAnswer, signInCodesAnswer, startTotpAnswer } from "../../protocol/http/credentials.ts";
import { formatSignInCode } from "../../protocol/sign-in-code.ts";
import type { CredentialActions } from "../model-account.ts";
import type { AccountParts } from "./parts.ts";

export function createCredentialActions({ api }: Pick<AccountParts, "api">): CredentialActions {
  return {
    status: () => api.get("/api/credentials", credentialsAnswer),
    changePassword: (password) => api.send("PUT", "/api/password", { password }),
    async makeSignInCodes() {
      const { codes } = await api.post("/api/sign-in-codes", {}, signInCodesAnswer);
      return codes.map(formatSignInCode);
    },
    startAuthenticator: () => api.post("/api/totp", {}, startTotpAnswer),
    confirmAuthenticator: (step) => api.send("POST", "/api/totp/confirm", step),
  };
}
