import { equalBytes } from "../../base/bytes.ts";
import type { ConversationId, MessageId } from "../../base/ids.ts";
import { CryptoError } from "../../crypto/errors.ts";
import { type SealedEnvelope, sealMessage } from "../../crypto/message.ts";
import { type Content, encodeContent } from "../../protocol/content.ts";
import { AppError } from "../../protocol/errors.ts";
import { parseEnvelope } from "../../protocol/layout/envelope.ts";
import type { Api } from "../api.ts";
import type { Identities } from "../identities.ts";
import type { ConversationKeys, KeyBook } from "../key-book.ts";
import { currentCertificateHash, findOwnSigningKey } from "../own-keys.ts";
import type { LocalDevice, Platform } from "../platform.ts";
import { isRotationDue } from "../rotation-due.ts";
import type { Vault } from "../vault.ts";
import type { MessageLog } from "./message-log.ts";

export interface SealingDeps {
  readonly api: Api;
  readonly platform: Platform;
  readonly vault: Vault;
  readonly device: LocalDevice;
  readonly identities: Identities;
  readonly book: KeyBook;
  readonly log: Pick<MessageLog, "transcriptHead">;
  lastSeq(): number;
}

/** What one conversation's messages are sealed with: the newest record's key, changed first where that is due. */
export function createSealing(id: ConversationId, deps: SealingDeps) {
  const { api, platform, vault, device, identities, book, log } = deps;
  const self = vault.account;

  async function isDue(keys: ConversationKeys): Promise<boolean> {
    const certificateHash = await currentCertificateHash(vault.root());
    return isRotationDue(keys, {
      account: self,
      certificateHash,
      lastSeq: deps.lastSeq(),
      now: platform.now(),
    });
  }

  async function changeKey(): Promise<void> {
    const { rotate } = await import("../rotation.ts").catch(() => {
      throw new AppError("offline", "code not loaded");
    });
    await rotate({ api, vault, identities, book, now: platform.now }, id, isDue);
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
      if (await isDue(await book.require(id))) await changeKey();
    },

    /** Whether it was sealed under the newest record that is known. */
    async isCurrent(envelope: SealedEnvelope): Promise<boolean> {
      const { recordHash } = parseEnvelope(envelope).header;
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
