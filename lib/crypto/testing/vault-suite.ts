import fc from "fast-check";
import type { Bytes } from "../../base/bytes.ts";
import { type AccountId, type ConversationId, type DeviceId, newId } from "../../base/ids.ts";
import { ROOT_ENTRY } from "../../protocol/layout/vault-entry.ts";
import { unwrapDeviceSeed, wrapDeviceSeed } from "../device-key.ts";
import { type BoxSeed, newSecretKey, type VaultKey } from "../keys.ts";
import { conversationKeyEntryId, openVaultEntry, sealVaultEntry, type VaultPlace } from "../vault.ts";
import { randomBytes } from "../webcrypto.ts";
import {
  requireBytes,
  requireEqual,
  requireEveryChangeRefused,
  requireRefused,
  type Suite,
} from "./portable.ts";

const key = newSecretKey<VaultKey>();
const place: VaultPlace = { account: newId<AccountId>(), entry: ROOT_ENTRY, keyVersion: 2 };

export const vaultSuite: Suite = {
  name: "vault and device key",
  cases: {
    "opens what was sealed, with its counter": async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.nat(), async (bytes, counter) => {
          const sealed = await sealVaultEntry(key, place, counter, bytes as Bytes);
          requireEqual(sealed.length, bytes.length + 62);
          const opened = await openVaultEntry(key, place, counter, sealed);
          requireBytes(opened.plaintext, bytes);
          requireEqual(opened.counter, counter);
        }),
        { numRuns: 40 },
      );
    },
    "refuses every changed bit and length": async () => {
      const sealed = await sealVaultEntry(key, place, 9, randomBytes(32));
      await requireEveryChangeRefused(sealed, (changed) => openVaultEntry(key, place, 0, changed));
    },
    "refuses an entry moved to another account, entry, version or key": async () => {
      const sealed = await sealVaultEntry(key, place, 9, randomBytes(32));
      const entry = await conversationKeyEntryId(newId<ConversationId>(), 1);
      const elsewhere = [
        { ...place, account: newId<AccountId>() },
        { ...place, entry },
        { ...place, keyVersion: 3 },
      ];
      for (const other of elsewhere)
        await requireRefused(openVaultEntry(key, other, 0, sealed), "open-failed");
      await requireRefused(openVaultEntry(newSecretKey<VaultKey>(), place, 0, sealed), "open-failed");
    },
    "notices an older counter": async () => {
      const sealed = await sealVaultEntry(key, place, 9, randomBytes(32));
      await requireRefused(openVaultEntry(key, place, 10, sealed), "rolled-back");
      requireEqual((await openVaultEntry(key, place, 9, sealed)).counter, 9);
    },
    "names one entry per conversation and key epoch": async () => {
      const conversation = newId<ConversationId>();
      const names = [
        await conversationKeyEntryId(conversation, 1),
        await conversationKeyEntryId(conversation, 2),
        await conversationKeyEntryId(newId<ConversationId>(), 1),
        ROOT_ENTRY,
      ];
      requireEqual(new Set(names).size, 4);
      requireEqual(await conversationKeyEntryId(conversation, 1), names[0] ?? "");
    },
    "keeps a device seed under a key that cannot be read": async () => {
      const [account, device] = [newId<AccountId>(), newId<DeviceId>()];
      const seed = newSecretKey<BoxSeed>();
      const kept = await wrapDeviceSeed(account, device, seed);
      requireEqual(kept.wrapKey.extractable, false);
      requireBytes(await unwrapDeviceSeed(account, device, kept), seed);
      await requireEveryChangeRefused(kept.wrapped, (wrapped) =>
        unwrapDeviceSeed(account, device, { ...kept, wrapped: wrapped as Bytes }),
      );
      await requireRefused(unwrapDeviceSeed(newId<AccountId>(), device, kept), "open-failed");
      await requireRefused(unwrapDeviceSeed(account, newId<DeviceId>(), kept), "open-failed");
      const other = await wrapDeviceSeed(account, device, seed);
      await requireRefused(
        unwrapDeviceSeed(account, device, { ...kept, wrapKey: other.wrapKey }),
        "open-failed",
      );
    },
  },
};
