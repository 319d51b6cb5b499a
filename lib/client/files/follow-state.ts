import type { RunningParts } from "../account/parts.ts";

/** Many changes in a row are one. */
const REST_MS = 500;

/** Runs something a moment after the conversations or what is open of them changed. */
export function followState(store: RunningParts["store"], work: () => void) {
  let { timelines, conversations } = store.get();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      work();
    }, REST_MS);
  }

  const forget = store.subscribe(() => {
    const now = store.get();
    if (now.timelines === timelines && now.conversations === conversations) return;
    ({ timelines, conversations } = now);
    soon();
  });

  return {
    soon,
    stop(): void {
      forget();
      clearTimeout(timer);
    },
  };
}
