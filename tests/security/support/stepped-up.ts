import { type Api, createApi } from "../../../lib/client/api.ts";
import { signInCodesAnswer } from "../../../lib/protocol/http/credentials.ts";
import { totpCode } from "../../../server/testing/device.ts";
import { nodePlatform } from "../../../server/testing/node-platform.ts";
import type { ServerProcess } from "../../../server/testing/server-process.ts";
import { PASSWORD, register, type TestAccount } from "./accounts.ts";

export interface SteppedUp extends TestAccount {
  readonly api: Api;
  /** Sign-in codes: the present code of the authenticator is used, and the next is half a minute away. */
  readonly codes: readonly string[];
}

/** A fresh account in a session that may do what is dangerous for five minutes. */
export async function steppedUp(server: ServerProcess, name: string): Promise<SteppedUp> {
  const account = await register(server, name);
  const api = createApi(nodePlatform(server.origin, account.profile));
  await api.send("POST", "/api/step-up", { password: PASSWORD, code: totpCode(account.totpSecret) });
  return { ...account, api, codes: await makeCodes(api) };
}

export async function makeCodes(api: Api): Promise<string[]> {
  return (await api.post("/api/sign-in-codes", {}, signInCodesAnswer)).codes;
}
