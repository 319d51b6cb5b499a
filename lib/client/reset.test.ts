import { describe, expect, it } from "vitest";
import { type AccountId, newId } from "../base/ids.ts";
import { AppError, type ErrorCode } from "../protocol/errors.ts";
import type { Api } from "./api.ts";
import { makeFirstKeys } from "./make-keys.ts";
import type { LocalDevice, Platform } from "./platform.ts";
import { prepareReset } from "./reset.ts";

const account = newId<AccountId>();

/** A browser that was a device before, and a server that answers a reset with `code`. */
async function resetRefusedWith(code: ErrorCode): Promise<{ before: LocalDevice; after: LocalDevice }> {
  const { local: before, published } = await makeFirstKeys(account, "test", Date.now());
  let after = before;
  const storage = {
    findDevice: async () => after,
    async saveDevice(device: LocalDevice) {
      after = device;
    },
    persist: async () => {},
  };
  const api = {
    get: async () => ({ former: [], identityKey: published.identityKey }),
    send: () => Promise.reject(new AppError(code)),
  } as unknown as Api;
  const platform = { storage, deviceName: "test", now: Date.now } as unknown as Platform;
  const { commit } = await prepareReset(api, platform, account);
  await expect(commit()).rejects.toMatchObject({ code });
  await expect(commit()).rejects.toMatchObject({ code });
  return { before, after };
}

describe("a reset", () => {
  it("that is refused leaves this browser the device it was", async () => {
    const { before, after } = await resetRefusedWith("step-up-required");
    expect(after.device).toBe(before.device);
  });

  it("whose answer is lost keeps the new keys: they may be the account's by now", async () => {
    const { before, after } = await resetRefusedWith("offline");
    expect(after.device).not.toBe(before.device);
  });
});
