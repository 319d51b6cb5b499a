import type { Messenger } from "../../model.ts";

/** Asks before the page is left while files would be lost by that: nothing of them is kept before all is sealed. */
export function guardUnload(messenger: Pick<Messenger, "getState" | "subscribe">): void {
  const listening = new AbortController();
  addEventListener("beforeunload", (event) => event.preventDefault(), listening);
  const forget = messenger.subscribe(check);
  check();

  function check(): void {
    if (messenger.getState().uploads.some(({ lasting }) => !lasting)) return;
    listening.abort();
    forget();
  }
}
