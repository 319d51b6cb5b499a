"use client";

import {
  createContext,
  type ReactElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from "react";
import type { Messenger, MessengerState } from "../model.ts";

const MessengerContext = createContext<Messenger | null>(null);

/** Its code (cryptography, storage, socket) arrives beside the page, not before it. */
async function loadMessenger(): Promise<Messenger> {
  const { createMessenger } = await import("../messenger.ts");
  return createMessenger();
}

interface MessengerProviderProps {
  /** Makes the one messenger of this page. */
  load?: () => Promise<Messenger>;
  /** Until the messenger is here. */
  loading: ReactNode;
  failed: (error: unknown, retry: () => void) => ReactNode;
  children: ReactNode;
}

export function MessengerProvider(props: MessengerProviderProps): ReactElement {
  const { load = loadMessenger, loading, failed, children } = props;
  const [attempt, setAttempt] = useState(0);
  const [messenger, setMessenger] = useState<Messenger | null>(null);
  const [failure, setFailure] = useState<{ error: unknown } | null>(null);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another run.
  useEffect(() => {
    let made: Messenger | null = null;
    let left = false;
    setFailure(null);
    load()
      .then(async (loaded) => {
        if (left) return;
        made = loaded;
        setMessenger(loaded);
        await loaded.start();
      })
      .catch((error: unknown) => {
        if (!left) setFailure({ error });
      });
    return () => {
      left = true;
      made?.stop();
    };
  }, [load, attempt]);

  if (failure) return <>{failed(failure.error, retry)}</>;
  if (!messenger) return <>{loading}</>;
  return <MessengerContext value={messenger}>{children}</MessengerContext>;
}

export function useMessenger(): Messenger {
  const messenger = useContext(MessengerContext);
  if (!messenger) throw new Error("useMessenger needs a MessengerProvider above it");
  return messenger;
}

/** @param select must return a part of the state, not something made from it: its identity decides about drawing. */
export function useMessengerState<T>(select: (state: MessengerState) => T): T {
  const messenger = useMessenger();
  const read = (): T => select(messenger.getState());
  return useSyncExternalStore(messenger.subscribe, read, read);
}
