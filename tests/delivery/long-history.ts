import { type ConversationId, type Id, idToBytes, type MessageId, newId } from "../../lib/base/ids.ts";
import { createApi } from "../../lib/client/api.ts";
import { createIdentities } from "../../lib/client/identities.ts";
import { createKeyBook } from "../../lib/client/key-book.ts";
import { findOwnSigningKey } from "../../lib/client/own-keys.ts";
import { unlockWithDevice } from "../../lib/client/unlock.ts";
import { sealMessage } from "../../lib/crypto/message.ts";
import { envelopeHash, extendTranscript, initialTranscript } from "../../lib/crypto/transcript.ts";
import { type Content, encodeContent } from "../../lib/protocol/content.ts";
import type { Device } from "../../server/testing/device.ts";
import type { ServerProcess } from "../../server/testing/server-process.ts";
import { withDatabase } from "../security/support/data-folder.ts";

const BATCH = 1_000;
const MINUTE_MS = 60_000;

/**
 * Puts messages of this device into a conversation, after what is there, one a minute, as if they had been sent and read. They are sealed like any others; only the way over the socket is left out.
 * @param unread how many of the newest nobody else has read
 * @returns the server, started anew
 */
export async function writeHistory(
  server: ServerProcess,
  device: Device,
  conversation: ConversationId,
  contents: readonly Content[],
  unread = 0,
): Promise<ServerProcess> {
  const api = createApi(device.platform);
  const account = device.messenger.getState().me?.id;
  const unlocked = account && (await unlockWithDevice(api, device.platform, account));
  if (!unlocked) throw new Error("the device does not open its vault");
  const { vault, device: local } = unlocked;
  const book = createKeyBook(api, vault, createIdentities(api, vault, Date.now), device.platform.storage);
  const { state, key } = await book.require(conversation);
  const certificate = state.members.get(account)?.certificateHash;
  const signingKey = certificate && (await findOwnSigningKey(vault.root(), certificate));
  if (!signingKey || !key) throw new Error("the device has no key there");

  const began = Date.now() - contents.length * MINUTE_MS;
  await server.kill("SIGTERM");
  await withDatabase(server.dataFolder, async (pool) => {
    const before: { envelope: Buffer }[] = await pool.query(
      "SELECT envelope FROM message WHERE conversation_id = ? ORDER BY seq",
      [column(conversation)],
    );
    let head = await initialTranscript(conversation);
    for (const { envelope } of before)
      head = await extendTranscript(head, await envelopeHash(new Uint8Array(envelope)));
    const rows: unknown[][] = [];
    for (const [i, content] of contents.entries()) {
      const message: MessageId = newId();
      const position = before.length + i;
      const envelope = await sealMessage(
        {
          conversation,
          sender: account,
          message,
          keyEpoch: state.keyEpoch,
          recordHash: state.head,
          device: local.device,
          deviceSequence: await device.platform.storage.nextSequence(account, conversation),
          transcriptHead: head,
          transcriptPosition: position,
          sentAt: began + i * MINUTE_MS,
          content: encodeContent(content),
        },
        key,
        signingKey,
      );
      head = await extendTranscript(head, await envelopeHash(envelope));
      const at = new Date(began + i * MINUTE_MS);
      const bytes = Buffer.from(envelope.buffer, envelope.byteOffset, envelope.length);
      rows.push([column(conversation), position + 1, column(message), column(account), at, bytes]);
    }

    const insert =
      "INSERT INTO message (conversation_id, seq, message_id, sender_id, stored_at, envelope) VALUES (?, ?, ?, ?, ?, ?)";
    for (let i = 0; i < rows.length; i += BATCH) await pool.batch(insert, rows.slice(i, i + BATCH));
    const last = before.length + rows.length;
    await pool.query("UPDATE conversation SET last_seq = ? WHERE id = ?", [last, column(conversation)]);
    await pool.query(
      "UPDATE conversation_member SET delivered_seq = ?, read_seq = ? - IF(account_id = ?, 0, ?) WHERE conversation_id = ?",
      [last, last, column(account), unread, column(conversation)],
    );
  });
  return server.restart();
}

const column = (id: Id) => Buffer.from(idToBytes(id));
