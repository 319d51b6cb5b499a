import { createMessenger } from "../../client/messenger.ts";
import type { Messenger, MessengerState } from "../../client/model.ts";
import type { Unlocked } from "../../client/unlocked.ts";
import { AppError } from "../../protocol/errors.ts";
import { EXIT, Failure } from "../failure.ts";
import type { StateStore } from "../state/state-store.ts";
import { type AccountPlatform, createAccountPlatform } from "./account-platform.ts";

/** An account whose conversations are listed, and whose connection is there or on its way. */
export interface Client {
  readonly store: StateStore;
  readonly platform: AccountPlatform;
  readonly messenger: Messenger;
  readonly unlocked: Unlocked;
  /**
   * Resolves with what `test` returns, once that is not null.
   * @param patience null for without end
   * @throws Failure "signed-out"; what `test` throws; "offline" after `patience` milliseconds without a network, and
   * "timeout" with one
   * @param signal looks again when it is aborted
   */
  until<T>(
    test: (state: MessengerState) => T | null,
    patience: number | null,
    signal?: AbortSignal,
  ): Promise<T>;
  stop(): void;
}

/**
 * @param patience milliseconds that a request may take at most
 * @param untilAborted goes on trying until then while the server is away, and throws its reason; without it the first failure is one
 * @throws Failure "signed-out", "keyless", "locked", "offline"; AppError "vault-refused", "access-refused"
 */
export async function connect(
  store: StateStore,
  patience: number,
  untilAborted?: AbortSignal,
): Promise<Client> {
  untilAborted?.throwIfAborted();
  const platform = createAccountPlatform(store, patience);
  let unlocked: Unlocked | null = null;
  const messenger = createMessenger(platform, (opened) => {
    unlocked = opened;
  });
  const started = new Promise<void>((resolve, reject) => {
    messenger.subscribe(() => {
      const { phase, connection } = messenger.getState();
      if (phase !== "starting") resolve();
      else if (untilAborted) return;
      else if (connection === "refused") reject(new AppError("access-refused"));
      // There is a connection for it as soon as another command has ended.
      else if (connection === "offline" && !platform.isCrowded()) reject(offline(platform));
    });
    untilAborted?.addEventListener("abort", () => reject(untilAborted.reason), { once: true });
    messenger.start().then(resolve, reject);
  });
  try {
    await started;
    const opened = unlocked as Unlocked | null;
    const { phase } = messenger.getState();
    if (phase !== "ready" || !opened) throw notReady(phase);
    return {
      store,
      platform,
      messenger,
      unlocked: opened,
      until: (test, patience, signal) => until(messenger, platform, test, patience, signal),
      stop: () => messenger.stop(),
    };
  } catch (error) {
    messenger.stop();
    throw error;
  }
}

export function offline({ lastAnswer }: Pick<AccountPlatform, "lastAnswer">): Failure {
  const last = lastAnswer();
  if (last instanceof Failure) return last;
  if (typeof last === "string") {
    const advice = /CERT|SELF_SIGNED|VERIFY/.test(last) ? " See --ca-file." : "";
    return new Failure(EXIT.network, "offline", `The server cannot be reached (${last}).${advice}`);
  }
  if (last >= 429)
    return new Failure(EXIT.network, "unavailable", `The server is busy or in trouble (HTTP ${last}).`);
  return new Failure(
    EXIT.network,
    "unavailable",
    "The server answers otherwise than expected: are it and this sceau of the same version?",
  );
}

function notReady(phase: MessengerState["phase"]): Failure {
  if (phase === "locked")
    return new Failure(
      EXIT.signedOut,
      "locked",
      "This device holds no keys of the account: sceau login or link.",
    );
  if (phase === "keyless")
    return new Failure(EXIT.signedOut, "keyless", "The account has no keys yet: sceau login makes them.");
  return new Failure(EXIT.signedOut, "signed-out", "The session here has ended: sceau login.");
}

function until<T>(
  messenger: Messenger,
  platform: AccountPlatform,
  test: (state: MessengerState) => T | null,
  patience: number | null,
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer);
      forget();
      signal?.removeEventListener("abort", check);
      settle();
    };
    const check = () => {
      const state = messenger.getState();
      if (state.phase !== "ready") return end(() => reject(notReady(state.phase)));
      try {
        const found = test(state);
        if (found !== null) end(() => resolve(found));
      } catch (error) {
        end(() => reject(error));
      }
    };
    const forget = messenger.subscribe(check);
    const timer = patience === null ? undefined : setTimeout(giveUp, patience);
    signal?.addEventListener("abort", check);
    check();

    function giveUp(): void {
      const { connection } = messenger.getState();
      end(() => {
        if (connection === "online") reject(new Failure(EXIT.waiting, "timeout", "It took too long."));
        else reject(connection === "refused" ? new AppError("access-refused") : offline(platform));
      });
    }
  });
}

/** What a call of lib/client over HTTP ends with, where the network has its reasons. */
export function explained(error: unknown, platform: Pick<AccountPlatform, "lastAnswer">): unknown {
  return error instanceof AppError && error.code === "offline" ? offline(platform) : error;
}
