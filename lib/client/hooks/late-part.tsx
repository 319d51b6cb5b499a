"use client";

import {
  createContext,
  type ReactElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useState,
} from "react";
import type { Messenger } from "../model.ts";
import { useMessenger } from "./use-messenger.tsx";

interface LatePartProps {
  loading: ReactNode;
  failed: (error: unknown, retry: () => void) => ReactNode;
  children: ReactNode;
}

/**
 * A part of the messenger whose code comes when it is asked for: what loads it for the views below, and the hook by
 * which they have it.
 * @param load called once for each provider, and again at each retry
 */
export function createLatePart<Part>(
  load: (messenger: Messenger) => Promise<Part>,
): readonly [Provider: (props: LatePartProps) => ReactElement, use: () => Part] {
  const PartContext = createContext<Part | null>(null);

  function Provider({ loading, failed, children }: LatePartProps): ReactElement {
    const messenger = useMessenger();
    const [part, setPart] = useState<{ value: Part } | null>(null);
    const [failure, setFailure] = useState<{ error: unknown } | null>(null);
    const fetch = useCallback(() => {
      setFailure(null);
      load(messenger).then(
        (value) => setPart({ value }),
        (error: unknown) => setFailure({ error }),
      );
    }, [messenger]);
    useEffect(fetch, [fetch]);

    if (failure) return <>{failed(failure.error, fetch)}</>;
    if (!part) return <>{loading}</>;
    return <PartContext value={part.value}>{children}</PartContext>;
  }

  function usePart(): Part {
    const part = useContext(PartContext);
    if (part === null) throw new Error("a late part needs its provider above it");
    return part;
  }

  return [Provider, usePart];
}
