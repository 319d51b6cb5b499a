import type { FileId } from "../../lib/base/ids.ts";
import type { EnvelopeHeader } from "../../lib/protocol/layout/envelope.ts";
import type { Database } from "../database/database.ts";
import type { Log } from "../log.ts";

/** What ties files to the message that they are sent with. Of a message without any nothing here is called. */
export function createAttachments({ files }: Pick<Database, "files">, log: Log) {
  return {
    /** Before the message is stored. @returns false where one of them cannot be its */
    attach: ({ conversation, message, sender: uploader }: EnvelopeHeader, ids: readonly FileId[]) =>
      files.attach({ files: ids, conversation, message, uploader }),

    /** After it was stored. What fails here is found by the upkeep. */
    noteStored({ conversation, message }: EnvelopeHeader): void {
      files.noteHeld(conversation, message).catch((error) => log.warn({ err: error }, "files not noted"));
    },
  };
}

export type Attachments = ReturnType<typeof createAttachments>;
