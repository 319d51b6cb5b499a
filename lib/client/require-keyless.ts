import type { AccountId } from "../base/ids.ts";
import { AppError } from "../protocol/errors.ts";
import type { Platform } from "./platform.ts";

/**
 * Where the server says that an account has no keys yet. A browser that has opened a vault with them must not believe it: it
 * would make others in their place, and know nobody any more.
 * @throws AppError "vault-refused"
 */
export async function requireKeyless(
  { storage }: Pick<Platform, "storage">,
  account: AccountId,
): Promise<void> {
  // Those that are only being published have opened nothing yet.
  const seen = await storage.seenCounters(account);
  if (seen.size > 0) throw new AppError("vault-refused", "a vault was opened here");
}
