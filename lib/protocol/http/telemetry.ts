import * as z from "zod/mini";

/** Why a self-test found something closed. Nothing else about it leaves the browser. */
export const OPEN_FAILURE_CAUSES = [
  "waiting-for-key",
  "unknown-sender",
  "bad-signature",
  "malformed",
  "identity-changed",
  "broken-record",
] as const;

export type OpenFailureCause = (typeof OPEN_FAILURE_CAUSES)[number];

/** How many conversations of one self-test failed, by cause. */
export const openFailuresBody = z.partialRecord(
  z.enum(OPEN_FAILURE_CAUSES),
  z.int().check(z.minimum(1), z.maximum(100)),
);
