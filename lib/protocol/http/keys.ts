import * as z from "zod/mini";
import type { AccountId, Id } from "../../base/ids.ts";
import { bytes, counter, id } from "../fields.ts";
import { LIMITS } from "../limits.ts";
import { person } from "../person.ts";

/** What every start of the messenger reads of keys and of the vault; what is sent stands in key-bodies.ts. */

const certificate = bytes(64, 2048);
const vaultKeyBox = bytes(1, 2048);
const vaultCiphertext = bytes(1, LIMITS.vaultEntryBytes);

/** A page of the vault, entries in the order of their ids; the next one is asked for with the last of them. */
export const vaultAnswer = z.object({
  identityKey: bytes(32),
  vaultKeyVersion: counter,
  /** Whether a removed device still knows the vault key, and after how many months keys are renewed anyway; 0: never. */
  renewal: z.object({ due: z.boolean(), months: counter }),
  boxes: z.array(vaultKeyBox),
  entries: z.array(
    z.object({ id: id<Id>(), counter, vaultKeyVersion: counter, ciphertext: vaultCiphertext }),
  ),
  more: z.boolean(),
});

/** An identity key with every signing certificate under it, oldest first: old ones still verify history. */
const identity = z.object({ identityKey: bytes(32), signingCertificates: z.array(certificate) });

/** Everything public that is needed to write to a person and to verify what that person signed. */
export const publicKeysAnswer = z.object({
  account: person,
  ...identity.shape,
  /** Absent once the account is deleted: nobody can write to it. */
  transportCertificate: z.optional(certificate),
  /** Before each reset, oldest first: for what was signed then, on clients that accepted them then. */
  former: z.array(identity),
});

export const manyKeysBody = z.strictObject({
  accounts: z.array(id<AccountId>()).check(z.minLength(1), z.maxLength(LIMITS.peopleAtOnce)),
});

/** Without those who never had keys. */
export const manyKeysAnswer = z.object({ people: z.array(publicKeysAnswer) });
