import type { AccountId } from "../base/ids.ts";
import { AppError, ERRORS } from "../protocol/errors.ts";
import { publicKeysAnswer } from "../protocol/http/keys.ts";
import type { Api } from "./api.ts";
import { makeFirstKeys } from "./make-keys.ts";
import type { Platform } from "./platform.ts";

/**
 * New keys for an account whose keys are lost, made in memory. What its earlier identities were only the server
 * can say now: they are written into the new vault, so that it cannot say something else later.
 */
export async function prepareReset(api: Api, platform: Platform, account: AccountId) {
  const { storage } = platform;
  const before = await storage.findDevice(account);
  const { former, identityKey } = await api.get(`/api/people/${account}/keys`, publicKeysAnswer);
  const { recoveryCode, local, published } = await makeFirstKeys(
    account,
    platform.deviceName,
    platform.now(),
    [...former.map((one) => one.identityKey), identityKey],
  );
  return {
    recoveryCode,
    async commit(): Promise<void> {
      // Kept before it is published, as the first keys are.
      await storage.saveDevice(local);
      await storage.persist();
      try {
        await api.send("POST", "/api/keys/reset", published);
      } catch (error) {
        // Refused: what this browser had may open something still. Where no answer tells, the new one stays.
        if (before && error instanceof AppError && !ERRORS[error.code].retryable)
          await storage.saveDevice(before);
        throw error;
      }
    },
  };
}
