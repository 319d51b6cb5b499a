import type { AccountId } from "../base/ids.ts";
import { AppError } from "../protocol/errors.ts";
import type { Platform } from "./platform.ts";

/**
 * Where the server says that an account has no keys yet. A browser that holds some must not believe it: it would make
 * others in their place, and know nobody any more.
 * @throws AppError "vault-refused"
 */
export async function requireKeyless(
  { storage }: Pick<Platform, "storage">,
  account: AccountId,
): Promise<void> {
  const device = await storage.findDevice(account);
  if (!device) return;
  // Those that are being published are kept before the server has them.
  const prepared = await storage.findPreparedKeys(account);
  if (device.device !== prepared?.local.device) throw new AppError("vault-refused", "keys are held here");
}
