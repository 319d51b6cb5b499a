"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { TimeLeft } from "../model-account.ts";
import { useAccount } from "./use-account.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** How long before each limit the person is told. */
const WORD = { idle: 2 * MINUTE, absolute: 10 * MINUTE } as const;
/** Timers stand still while a computer sleeps, and other tabs move the idle limit: ask anew this often. */
const ASK_EVERY = { most: 10 * MINUTE, least: 15 * SECOND } as const;

export interface SessionEnd {
  readonly limit: keyof TimeLeft;
  /** Milliseconds since 1970, by this computer's clock. */
  readonly at: number;
}

/** The limit that is about to end the session; null while none is near. */
function endOf(left: TimeLeft): SessionEnd | null {
  const near = (["absolute", "idle"] as const).filter((limit) => left[limit] <= WORD[limit]);
  const limit = near.sort((a, b) => left[a] - left[b])[0];
  return limit ? { limit, at: Date.now() + left[limit] } : null;
}

function askAgainIn(left: TimeLeft): number {
  const next = Math.min(left.idle - WORD.idle, left.absolute - WORD.absolute);
  return Math.min(Math.max(next, ASK_EVERY.least), ASK_EVERY.most);
}

/** Watches the session's limits. `stay` says that the person is there. */
export function useSessionEnd(): { readonly end: SessionEnd | null; readonly stay: () => Promise<void> } {
  const { sessions } = useAccount();
  const [end, setEnd] = useState<SessionEnd | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const mounted = useRef(true);

  const watch = useCallback(
    async (ask: () => Promise<TimeLeft>): Promise<void> => {
      clearTimeout(timer.current);
      const again = (delay: number): void => {
        clearTimeout(timer.current);
        if (!mounted.current) return;
        timer.current = setTimeout(() => void watch(sessions.left).catch(() => undefined), delay);
      };
      try {
        const left = await ask();
        setEnd(endOf(left));
        again(askAgainIn(left));
      } catch (error) {
        again(MINUTE);
        throw error;
      }
    },
    [sessions],
  );

  useEffect(() => {
    mounted.current = true;
    watch(sessions.left).catch(() => undefined);
    return () => {
      mounted.current = false;
      clearTimeout(timer.current);
    };
  }, [watch, sessions]);

  const stay = useCallback(() => watch(sessions.stay), [watch, sessions]);
  return { end, stay };
}
