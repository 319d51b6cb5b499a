import type { ConversationId } from "../../base/ids.ts";
import type { RunningParts } from "../account/parts.ts";
import { appendRecord } from "../append-record.ts";
import { toAppError } from "../rooms/refusals.ts";
import { fullPolicy } from "../rooms/room-policy.ts";

/** A record that changes nothing but for how long messages live. @throws AppError */
export async function setRetention(
  parts: RunningParts,
  conversation: ConversationId,
  retentionSeconds: number,
): Promise<void> {
  try {
    await appendRecord(parts, conversation, ({ state: { policy } }) =>
      policy.retentionSeconds === retentionSeconds
        ? null
        : { kind: "policy", policy: fullPolicy({ ...policy, retentionSeconds }) },
    );
    await parts.reopen(conversation);
  } catch (error) {
    throw toAppError(error);
  }
}
