import type { ConversationId } from "../../base/ids.ts";
import type { RunningParts } from "../account/parts.ts";
import type { LogEntry } from "../conversation/message-log.ts";

/** What reports are made and read with. */
export interface ReportParts extends RunningParts {
  /** What is loaded of a conversation, in order. */
  readonly entries: (conversation: ConversationId) => readonly LogEntry[];
}
