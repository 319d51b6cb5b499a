import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import type { StoredMessage } from "../../lib/protocol/frames.ts";

/** What services tell the sockets, always after the commit. */
export type ServerEvent =
  | {
      readonly type: "message";
      readonly members: readonly AccountId[];
      readonly message: StoredMessage;
      /** The connection that sent it: it gets a receipt instead. */
      readonly origin: string | null;
    }
  | {
      readonly type: "receipt";
      readonly members: readonly AccountId[];
      readonly conversation: ConversationId;
      readonly account: AccountId;
      readonly delivered: number;
      readonly read: number;
    }
  | {
      readonly type: "record";
      readonly members: readonly AccountId[];
      readonly conversation: ConversationId;
      readonly number: number;
    }
  | { readonly type: "session-ended"; readonly session: string };

export type Publish = (event: ServerEvent) => void;
