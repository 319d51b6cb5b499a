import type { ConversationId } from "../base/ids.ts";
import { issueCertificate } from "../crypto/certificate.ts";
import { CryptoError } from "../crypto/errors.ts";
import { boxKeyFromSeed, newBoxKey } from "../crypto/sealed-box.ts";
import type { AccountParts } from "./account/parts.ts";
import { IdentityChangedError } from "./identities.ts";
import { currentSigningKey } from "./own-keys.ts";
import type { TransportKey, VaultRoot } from "./vault-root.ts";

const DAY = 86_400_000;
const LIFETIME_MS = 7 * DAY;
/** How long after its successor was published a key still opens boxes that crossed it. */
const AFTERLIFE_MS = 30 * DAY;

type TransportParts = Pick<AccountParts, "api" | "platform" | "vault">;

/** A new transport key every week: into the vault first, then published; an interruption between is made good. */
export async function renewTransportKey({ api, platform, vault }: TransportParts): Promise<void> {
  const now = platform.now();
  if (isDue(vault.root(), now)) {
    const { seed } = await newBoxKey();
    await vault.updateRoot((root) => {
      // Another device may have made one meanwhile.
      if (!isDue(root, now)) return root;
      const made = { epoch: newest(root).epoch + 1, seed, madeAt: now, publishedAt: null };
      return { ...root, transport: [...root.transport, made] };
    });
  }
  const root = vault.root();
  const { epoch, seed, madeAt, publishedAt } = newest(root);
  if (publishedAt !== null) return;
  const { publicKey } = await boxKeyFromSeed(seed);
  // The same bytes whoever publishes it, and however often.
  const body = { account: vault.account, keyType: "transport", epoch, publicKey, notBefore: madeAt } as const;
  const certificate = await issueCertificate(await currentSigningKey(root), body);
  await api.send("POST", "/api/keys/transport", { certificate });
  await vault.updateRoot((before) => ({
    ...before,
    transport: before.transport.map((key) => (key.epoch === epoch ? { ...key, publishedAt: now } : key)),
  }));
}

/** Private parts whose time is over go, once every box they could open is open in the vault. */
export async function forgetTransportKeys(
  { platform, vault, book }: Pick<AccountParts, "platform" | "vault" | "book">,
  conversations: readonly ConversationId[],
): Promise<void> {
  const now = platform.now();
  if (!vault.root().transport.some((_, i, all) => isOver(all[i + 1], now))) return;
  for (const conversation of conversations) {
    try {
      const { state, reader } = await book.require(conversation);
      for (let epoch = 1; epoch <= state.keyEpoch; epoch++) {
        const key = await reader.findConversationKey(epoch);
        if (key) await vault.saveConversationKey(conversation, epoch, key);
      }
    } catch (error) {
      // What cannot be read now might still need them.
      if (error instanceof CryptoError || error instanceof IdentityChangedError) return;
      throw error;
    }
  }
  await vault.updateRoot((root) => ({
    ...root,
    transport: root.transport.filter((_, i, all) => !isOver(all[i + 1], now)),
  }));
}

function isDue(root: VaultRoot, now: number): boolean {
  const { publishedAt } = newest(root);
  return publishedAt !== null && now - publishedAt >= LIFETIME_MS;
}

function isOver(successor: TransportKey | undefined, now: number): boolean {
  return typeof successor?.publishedAt === "number" && now - successor.publishedAt >= AFTERLIFE_MS;
}

function newest(root: VaultRoot): TransportKey {
  const key = root.transport.at(-1);
  if (!key) throw new CryptoError("malformed", "no transport key");
  return key;
}
