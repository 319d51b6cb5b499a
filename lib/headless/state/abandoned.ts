import type { KeptMessage } from "./account-state.ts";
import { livenessOf, parseProcessName } from "./process-name.ts";
import type { StateStore } from "./state-store.ts";

/**
 * What commands were sending when they were cut off. Whoever ran them heard of no success and may send it again: sent later
 * by another command it would be there twice.
 */
export async function dropAbandoned({ read, update }: Pick<StateStore, "read" | "update">): Promise<void> {
  if (!read().outbox.some(isAbandoned)) return;
  await update((state) => {
    state.outbox = state.outbox.filter((entry) => !isAbandoned(entry));
  });
}

function isAbandoned({ owner }: KeptMessage): boolean {
  const name = parseProcessName(owner);
  return name === null || livenessOf(name) !== "alive";
}
