import type { Vault } from "./vault.ts";
import type { VaultRoot } from "./vault-root.ts";

/** When keys are renewed by themselves, in milliseconds since 1970: at once, at the end of their time, or never. */
export function nextRenewalAt(
  { renewalDue, renewedAt }: Pick<VaultRoot, "renewalDue" | "renewedAt">,
  { due, months }: Vault["renewal"],
): number {
  if (renewalDue || due) return 0;
  if (months === 0) return Number.POSITIVE_INFINITY;
  const at = new Date(renewedAt);
  const day = at.getUTCDate();
  at.setUTCMonth(at.getUTCMonth() + months);
  // Six months after 31 August is the end of February, not the beginning of March.
  if (at.getUTCDate() !== day) at.setUTCDate(0);
  return at.getTime();
}
