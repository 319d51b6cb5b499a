import { fromUtf8, utf8 } from "../base/bytes.ts";
import type { AccountId } from "../base/ids.ts";
import { openShownCode, sealShownCode } from "../crypto/local-key.ts";
import { AppError } from "../protocol/errors.ts";
import type { Api } from "./api.ts";
import { requireLocalKey } from "./local-key.ts";
import { makeFirstKeys } from "./make-keys.ts";
import type { Platform, PreparedKeys } from "./platform.ts";
import { requireKeyless } from "./require-keyless.ts";

/**
 * First keys and their recovery code. Until they are published they stay the same in this browser, whatever becomes
 * of the page: the code may be on paper already. It lies there sealed, and goes with the publishing.
 * @throws AppError "vault-refused" where this browser has opened a vault of the account
 */
export async function prepareKeys(
  api: Api,
  platform: Platform,
  account: AccountId,
): Promise<{ recoveryCode: string; commit(): Promise<void> }> {
  const { storage } = platform;
  await requireKeyless(platform, account);
  const { recoveryCode, prepared } =
    (await findPrepared(platform, account)) ?? (await prepare(platform, account));
  return {
    recoveryCode,
    async commit() {
      // Kept before it is published: the account must never have keys that no browser holds.
      const before = await storage.findDevice(account);
      await storage.saveDevice(prepared.local);
      await storage.persist();
      try {
        await api.send("POST", "/api/keys", prepared.published);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== "keys-exist") throw error;
        // An earlier attempt of this browser arrived, or another browser was faster: unlocking tells which.
        if (before) await storage.saveDevice(before);
        if (before?.device !== prepared.local.device) {
          await storage.putPreparedKeys(account, null);
          throw error;
        }
      }
      await storage.putPreparedKeys(account, null);
    },
  };
}

async function findPrepared({ storage }: Platform, account: AccountId) {
  const prepared = await storage.findPreparedKeys(account);
  const key = await storage.findLocalKey(account);
  const code = prepared && key && (await openShownCode(key, account, prepared.sealedCode));
  return prepared && code ? { recoveryCode: fromUtf8(code), prepared } : null;
}

async function prepare({ storage, deviceName, now }: Platform, account: AccountId) {
  const { recoveryCode, local, published } = await makeFirstKeys(account, deviceName, now());
  const key = await requireLocalKey(storage, account);
  const sealedCode = await sealShownCode(key, account, utf8(recoveryCode));
  const prepared: PreparedKeys = { local, published, sealedCode };
  await storage.putPreparedKeys(account, prepared);
  return { recoveryCode, prepared };
}
