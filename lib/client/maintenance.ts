import type { RunningParts } from "./account/parts.ts";
import { settleDeviceKey } from "./device-key.ts";
import { followRenewal } from "./follow-renewal.ts";
import type { RenewalStep } from "./model-account.ts";
import { renewKeys } from "./renewal.ts";
import { nextRenewalAt } from "./renewal-due.ts";
import { runSelfTest } from "./self-test.ts";
import { forgetTransportKeys, renewTransportKey } from "./transport-keys.ts";

const EVERY_MS = 6 * 60 * 60_000;

/** At the start and every few hours: whatever of the account's keys is due. @returns stops it */
export function startMaintenance(parts: RunningParts): () => void {
  const run = () => {
    maintain(parts).catch(() => {
      // Away, or nothing that a browser can do by itself: the next time finds it due again.
    });
  };
  const timer = setInterval(run, EVERY_MS);
  run();
  return () => clearInterval(timer);
}

/**
 * Everything that keys need by themselves, in one tab at a time; each part goes on where it was interrupted.
 * @throws the first error of a part; the other parts have run
 */
export function maintain(parts: RunningParts): Promise<void> {
  return alone(parts, async () => {
    const { platform, vault, store } = parts;
    await vault.refresh();
    const conversations = () => (store.get().conversations ?? []).map(({ id }) => id);
    await inTurn([
      () => settleDeviceKey(parts),
      async () => {
        if (platform.now() >= nextRenewalAt(vault.root(), vault.renewal)) await renewInTurn(parts);
      },
      () => renewTransportKey(parts),
      () => followRenewal(parts, conversations()),
      () => forgetTransportKeys(parts, conversations()),
      async () => store.set({ selfTest: await runSelfTest(parts) }),
    ]);
  });
}

/** By hand. Conversations follow by themselves. */
export function renewNow(parts: RunningParts, onStep: (step: RenewalStep) => void): Promise<void> {
  return alone(parts, () => renewInTurn(parts, onStep));
}

async function renewInTurn(parts: RunningParts, onStep?: (step: RenewalStep) => void): Promise<void> {
  await renewKeys(parts, onStep);
  await settleDeviceKey(parts);
}

function alone<T>({ platform, vault }: RunningParts, work: () => Promise<T>): Promise<T> {
  return platform.exclusive(`keys:${vault.account}`, work);
}

async function inTurn(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw errors[0];
}
