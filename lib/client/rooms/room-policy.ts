import type { Policy } from "../../protocol/layout/policy.ts";
import type { RoomPolicy } from "../model-rooms.ts";

const WEEK_S = 7 * 86_400;

/** A key epoch lasts a week, and where messages disappear at most a tenth of their time: it is the unit of shredding. */
export function fullPolicy({ posting, slowSeconds, retentionSeconds, history }: RoomPolicy): Policy {
  const longest = retentionSeconds > 0 ? Math.floor(retentionSeconds / 10) : WEEK_S;
  const rotationSeconds = Math.max(1, Math.min(WEEK_S, longest));
  return { posting, slowSeconds, retentionSeconds, rotationSeconds, history };
}
