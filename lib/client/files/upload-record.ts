import { fromUtf8, u8, u64, utf8 } from "../../base/bytes.ts";
import { ByteReader, encodeFields } from "../../base/fields.ts";
import {
  type AccountId,
  type ConversationId,
  ID_BYTES,
  idFromBytes,
  idToBytes,
  type MessageId,
} from "../../base/ids.ts";
import { type LocalKey, openUpload, sealUpload } from "../../crypto/local-key.ts";
import { type Content, decodeContent, encodeContent } from "../../protocol/content.ts";
import type { Shelf } from "./shelf.ts";

/** Names of files are ids, which have no dot. */
const SUFFIX = ".message";

/** A message whose files lie on the shelf, all sealed: what another tab goes on with. */
export interface UploadRecord {
  readonly id: MessageId;
  readonly conversation: ConversationId;
  readonly content: TextContent;
  /** Milliseconds since 1970, by this device. */
  readonly queuedAt: number;
  /** The tab that uploads it. */
  readonly owner: string;
  /** Whether it was left to the outbox: the files stay until it is stored, should the server lose them before. */
  readonly said: boolean;
}

export type TextContent = Extract<Content, { readonly type: "text" }>;

/** Beside the files: the keys and names are sealed under the local key, as drafts are. */
export function createUploadRecords(shelf: Shelf, key: LocalKey, account: AccountId) {
  return {
    async keep({ id, conversation, content, queuedAt, owner, said }: UploadRecord): Promise<void> {
      const sealed = await sealUpload(key, account, id, encodeContent(content));
      const bytes = encodeFields(
        idToBytes(conversation),
        u64(queuedAt),
        utf8(owner),
        u8(said ? 1 : 0),
        sealed,
      );
      await shelf.write(id + SUFFIX, [bytes]);
    },

    drop: (id: MessageId): Promise<void> => shelf.remove(id + SUFFIX),

    ids: async (): Promise<MessageId[]> =>
      (await shelf.names()).flatMap((name) =>
        name.endsWith(SUFFIX) ? [name.slice(0, -SUFFIX.length) as MessageId] : [],
      ),

    /** Null for what is no such record, or not of this browser any more. */
    async read(id: MessageId): Promise<UploadRecord | null> {
      try {
        const reader = new ByteReader(await shelf.read(id + SUFFIX));
        const conversation = idFromBytes<ConversationId>(reader.field(ID_BYTES));
        const queuedAt = new ByteReader(reader.field(8)).u64();
        const owner = fromUtf8(reader.field());
        const said = reader.field(1)[0] === 1;
        const opened = await openUpload(key, account, id, reader.field());
        const content = opened && decodeContent(opened);
        if (content?.type !== "text" || !content.files) return null;
        return { id, conversation, content, queuedAt, owner, said };
      } catch {
        return null;
      }
    },
  };
}

export type UploadRecords = ReturnType<typeof createUploadRecords>;
