import type { AccountId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { SharedLimits } from "./shared-limits.ts";

const RETRY_SECONDS = 60;

/**
 * What one account may change by HTTP. Messages have the limits of frames.
 * @param perMinute a policy: a renewal of a large vault takes a few hundred, a program that runs wild sends without end
 */
export function createWriteLimit(limits: SharedLimits, clock: () => number, perMinute: () => number) {
  const writes = limits.minute("writes", perMinute);
  /** @throws AppError "too-many-requests" */
  return function takeWrite(account: AccountId): void {
    if (!writes.take(account, clock()))
      throw new AppError("too-many-requests", "writes of one account", RETRY_SECONDS);
  };
}
