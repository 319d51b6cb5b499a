import { newSecretKey, type SearchSecret, secretKeyFrom } from "../../crypto/keys.ts";
import { deriveSearchKey, type SearchKey } from "../../crypto/search-key.ts";
import { searchSecretEntryId } from "../../crypto/vault.ts";
import { requireLocalKey } from "../local-key.ts";
import type { Storage } from "../platform.ts";
import type { Vault } from "../vault.ts";

/**
 * What this browser's index is sealed under. The first browser that searches puts the secret into the vault.
 * @throws AppError as the API does, while there is none
 */
export async function requireSearchKey(
  storage: Pick<Storage, "findLocalKey" | "addLocalKey">,
  vault: Pick<Vault, "account" | "read" | "update">,
): Promise<SearchKey> {
  const entry = await searchSecretEntryId();
  if (!vault.read(entry)) {
    const made = newSecretKey<SearchSecret>();
    // Another browser of one's own may have been first.
    await vault.update(entry, (before) => before ?? made);
  }
  const secret = secretKeyFrom<SearchSecret>(vault.read(entry) ?? new Uint8Array());
  return deriveSearchKey(await requireLocalKey(storage, vault.account), secret, vault.account);
}
