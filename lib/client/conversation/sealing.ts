import { equalBytes } from "../../base/bytes.ts";
import type { AccountId, ConversationId, MessageId } from "../../base/ids.ts";
import { CryptoError } from "../../crypto/errors.ts";
import { type SealedEnvelope, sealMessage } from "../../crypto/message.ts";
import { type Content, encodeContent } from "../../protocol/content.ts";
import { AppError } from "../../protocol/errors.ts";
import { parseHeaderOfEnvelope } from "../../protocol/layout/envelope.ts";
import type { RecordDeps } from "../append-record.ts";
import { IdentityChangedError } from "../identities.ts";
import type { ConversationKeys } from "../key-book.ts";
import { currentCertificateHash, findOwnSigningKey } from "../own-keys.ts";
import type { LocalDevice, Platform } from "../platform.ts";
import { isRotationDue, isRotationUrgent } from "../rotation-due.ts";
import type { MessageLog } from "./message-log.ts";

/** A rotation of a room that an identity held up is tried again after this long. */
const HELD_UP_MS = 10 * 60_000;

export interface SealingDeps extends RecordDeps {
  readonly platform: Platform;
  readonly device: LocalDevice;
  readonly log: Pick<MessageLog, "transcriptHead">;
  lastSeq(): number;
  longestRetention(): number;
  /** Whose identity keeps a room's old key from being changed. */
  onHeldUp(person: AccountId): void;
}

/** What one conversation's messages are sealed with: the newest record's key, changed first where that is due. */
export function createSealing(id: ConversationId, deps: SealingDeps) {
  const { platform, vault, device, book, log } = deps;
  const self = vault.account;

  /** Until when a room goes on under a key that is merely old. */
  let heldUpUntil = 0;

  async function facts() {
    const certificateHash = await currentCertificateHash(vault.root());
    const longestRetention = deps.longestRetention();
    return { account: self, certificateHash, lastSeq: deps.lastSeq(), now: platform.now(), longestRetention };
  }

  const isDue = async (keys: ConversationKeys) => isRotationDue(keys, await facts());

  async function changeKey(): Promise<void> {
    const { rotate } = await import("../rotation.ts").catch(() => {
      throw new AppError("offline", "code not loaded");
    });
    await rotate(deps, id, isDue);
  }

  /** One person's new identity must not silence a room: an old key serves on, until that person is accepted or out. */
  async function changeOldKey(): Promise<void> {
    if (platform.now() < heldUpUntil) return;
    try {
      await changeKey();
    } catch (error) {
      if (!(error instanceof IdentityChangedError)) throw error;
      const keys = await book.require(id);
      if (keys.cutBy || isRotationUrgent(keys, await facts())) throw error;
      heldUpUntil = platform.now() + HELD_UP_MS;
      deps.onHeldUp(error.account);
    }
  }

  /** Messages are signed with the key that the newest record lists; where that is gone, a new one is listed first. */
  async function requireKeys() {
    for (let changed = false; ; changed = true) {
      const keys = await book.require(id);
      const listed = keys.state.members.get(self)?.certificateHash;
      const signingKey = listed && (await findOwnSigningKey(vault.root(), listed));
      const { state, key } = keys;
      if (signingKey && key) return { state, key, signingKey };
      if (changed) throw new CryptoError("waiting-for-key", "no key of one's own is listed");
      await changeKey();
    }
  }

  return {
    /** Before something is sent (docs/protocol.md §4.5). */
    async changeKeyIfDue(): Promise<void> {
      const keys = await book.require(id);
      if (!(await isDue(keys))) return;
      const mayWait = keys.state.type !== "direct" && !isRotationUrgent(keys, await facts());
      await (mayWait ? changeOldKey() : changeKey());
    },

    /** Whether it was sealed under the newest record that is known. */
    async isCurrent(envelope: SealedEnvelope): Promise<boolean> {
      const { recordHash } = parseHeaderOfEnvelope(envelope);
      return equalBytes(recordHash, (await book.require(id)).state.head);
    },

    async seal(message: MessageId, content: Content): Promise<SealedEnvelope> {
      const { state, key, signingKey } = await requireKeys();
      const [{ position, head }, deviceSequence] = await Promise.all([
        log.transcriptHead(),
        platform.storage.nextSequence(self, id),
      ]);
      return sealMessage(
        {
          conversation: id,
          sender: self,
          message,
          keyEpoch: state.keyEpoch,
          recordHash: state.head,
          device: device.device,
          deviceSequence,
          transcriptHead: head,
          transcriptPosition: position,
          sentAt: platform.now(),
          content: encodeContent(content),
        },
        key,
        signingKey,
      );
    },
  };
}
