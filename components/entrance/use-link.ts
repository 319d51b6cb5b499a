import { useCallback, useEffect, useState } from "react";
import { useEntrance } from "@/lib/client/hooks/use-entrance";
import type { Entrance } from "@/lib/client/model";

/**
 * One link after another, each ended when the view leaves or asks for the next.
 * @param begin starts one; @param wait runs with it and rejects when it is over. Both must stay the same function
 */
export function useLink<T extends { cancel(): Promise<void> }>(
  begin: (entrance: Entrance) => Promise<T>,
  wait: (link: T, signal: AbortSignal) => Promise<void>,
) {
  const entrance = useEntrance();
  const [attempt, setAttempt] = useState(0);
  const [link, setLink] = useState<T | null>(null);
  const [error, setError] = useState<unknown>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another run.
  useEffect(() => {
    const leaving = new AbortController();
    let started: T | null = null;
    setLink(null);
    setError(null);
    async function run(): Promise<void> {
      const made = await begin(await entrance());
      if (leaving.signal.aborted) return made.cancel();
      started = made;
      setLink(() => made);
      await wait(made, leaving.signal);
    }
    run().catch((reason: unknown) => leaving.signal.aborted || setError(reason));
    return () => {
      leaving.abort();
      started?.cancel().catch(() => undefined);
    };
  }, [attempt, entrance, begin, wait]);

  return { link, error, again: useCallback(() => setAttempt((count) => count + 1), []) };
}
