import { createEntrance } from "../../lib/client/entrance.ts";
import { type Device, freshTotpCode, openDevice, totpCode } from "../../server/testing/device.ts";
import { nodePlatform } from "../../server/testing/node-platform.ts";
import type { ServerProcess } from "../../server/testing/server-process.ts";
import { PASSWORD, register } from "../security/support/accounts.ts";

/** Registered with the code before the present one, which is left for one proof more. */
export async function newPerson(
  server: ServerProcess,
  name: string,
  firstRunToken: string | null = null,
): Promise<Device> {
  const { profile, totpSecret } = await register(server, name, firstRunToken);
  const { recoveryCode, commit } = await createEntrance(nodePlatform(server.origin, profile)).prepareKeys();
  await commit();
  return openDevice(server, { name, password: PASSWORD, totpSecret, recoveryCode }, profile);
}

/** Both factors anew: for five minutes, what is dangerous may be done. */
export async function stepUp({ messenger, person: { password, totpSecret } }: Device): Promise<void> {
  const { sessions } = await messenger.account();
  const proof = (code: string) => sessions.stepUp({ password, code });
  await proof(totpCode(totpSecret)).catch(async () => proof(await freshTotpCode(totpSecret)));
}
