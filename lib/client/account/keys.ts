import type { DeviceId } from "../../base/ids.ts";
import { CryptoError } from "../../crypto/errors.ts";
import { AppError } from "../../protocol/errors.ts";
import { maintain, renewNow } from "../maintenance.ts";
import type { KeyActions, KeyStatus } from "../model-account.ts";
import { prepareRecoveryCode } from "../recovery-code.ts";
import { nextRenewalAt } from "../renewal-due.ts";
import type { AccountParts } from "./parts.ts";

const YEAR_MS = 365 * 86_400_000;

/** The account's keys as their owner looks after them. */
export function createKeyActions(parts: AccountParts): KeyActions {
  const { platform, vault } = parts;

  function recoveryReminder(): KeyStatus["recoveryReminder"] {
    const { recovery, renewedAt } = vault.root();
    if (renewedAt > recovery.madeAt) return "renewed";
    return platform.now() - recovery.madeAt >= YEAR_MS ? "old" : null;
  }

  return {
    async status() {
      await vault.refresh();
      const { recovery, renewedAt, renewalDue } = vault.root();
      const next = nextRenewalAt(vault.root(), vault.renewal);
      return {
        renewedAt,
        nextRenewalAt: Number.isFinite(next) ? next : null,
        renewalDue: renewalDue || vault.renewal.due,
        recoveryMadeAt: recovery.madeAt,
        recoveryReminder: recoveryReminder(),
      };
    },

    recoveryReminder: async () => recoveryReminder(),

    renew: (onStep) => coded(renewNow(parts, onStep)),
    check: () => coded(maintain(parts)),

    async prepareRecoveryCode() {
      const { recoveryCode, commit } = await prepareRecoveryCode(parts);
      return { recoveryCode, commit: () => coded(commit()) };
    },
  };
}

/** What does not open or read back is the server's doing: nothing is replaced then. */
function coded(work: Promise<void>): Promise<void> {
  return work.catch((error: unknown) => {
    if (error instanceof CryptoError) throw new AppError("vault-refused", error.message);
    throw error;
  });
}

/**
 * A device was removed. The vault's root forgets it first, then a new vault key is made without it; conversations
 * follow. What is interrupted goes on at the next start: the server has marked the vault, and the root says so.
 */
export async function afterRevocation(parts: AccountParts, removed: DeviceId): Promise<void> {
  await parts.vault.updateRoot((root) => ({
    ...root,
    devices: root.devices.filter(({ id }) => id !== removed),
    renewalDue: true,
  }));
  await renewNow(parts, () => {});
}
