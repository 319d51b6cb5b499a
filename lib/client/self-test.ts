import { CryptoError } from "../crypto/errors.ts";
import { decodeStoredMessage } from "../protocol/frames.ts";
import { type ConversationInfo, conversationsAnswer } from "../protocol/http/conversations.ts";
import type { OpenFailureCause } from "../protocol/http/telemetry.ts";
import type { AccountParts } from "./account/parts.ts";
import { openStored } from "./conversation/open-stored.ts";
import { IdentityChangedError } from "./identities.ts";
import type { SelfTest } from "./model-account.ts";

const CONVERSATIONS = 5;

type SelfTestParts = Pick<AccountParts, "api" | "platform" | "vault" | "book" | "reopen">;

/**
 * Opens the newest message of a few conversations: chain of records, keys, signature. What a fresh look at the
 * server repairs is repaired; what is left is counted for operators, by cause and nothing else.
 * @throws AppError as the API does
 */
export async function runSelfTest(parts: SelfTestParts): Promise<SelfTest> {
  const { api, platform } = parts;
  const { conversations } = await api.get("/api/conversations", conversationsAnswer);
  const newest = conversations.toSorted((a, b) => activeAt(b) - activeAt(a)).slice(0, CONVERSATIONS);
  const failures: { conversation: ConversationInfo["id"]; cause: OpenFailureCause }[] = [];
  for (const info of newest) {
    const cause = (await findFailure(parts, info)) && (await repair(parts, info));
    if (cause) failures.push({ conversation: info.id, cause });
  }
  if (failures.length > 0) await count(parts, failures);
  return { at: platform.now(), tested: newest.length, failures };
}

/** Null when everything opens. The keys are in the vault then, in case they were not. */
async function findFailure(
  { vault, book }: SelfTestParts,
  { id, newest }: ConversationInfo,
): Promise<OpenFailureCause | null> {
  try {
    const keys = await book.require(id);
    for (let epoch = 1; epoch <= keys.state.keyEpoch; epoch++) {
      const key = await keys.reader.findConversationKey(epoch);
      if (key) await vault.saveConversationKey(id, epoch, key);
    }
    const failure = newest ? (await openStored(decodeStoredMessage(newest), keys)).failure : null;
    // After a reset of the identity that is what everybody was told.
    if (failure === "earlier-keys") return null;
    return failure === "unaccepted-identity" ? "identity-changed" : failure;
  } catch (error) {
    if (error instanceof IdentityChangedError) return "identity-changed";
    if (!(error instanceof CryptoError)) throw error;
    return error.code === "waiting-for-key" ? "waiting-for-key" : "broken-record";
  }
}

/** Keys from another device of one's own, and records that were missed. */
async function repair(parts: SelfTestParts, info: ConversationInfo): Promise<OpenFailureCause | null> {
  await parts.vault.refresh();
  await parts.reopen(info.id);
  return findFailure(parts, info);
}

async function count(
  { api }: SelfTestParts,
  failures: readonly { cause: OpenFailureCause }[],
): Promise<void> {
  const counts: Partial<Record<OpenFailureCause, number>> = {};
  for (const { cause } of failures) counts[cause] = (counts[cause] ?? 0) + 1;
  await api.send("POST", "/api/telemetry/open-failures", counts);
}

function activeAt({ createdAt, newest }: ConversationInfo): number {
  return newest ? decodeStoredMessage(newest).storedAt : createdAt;
}
