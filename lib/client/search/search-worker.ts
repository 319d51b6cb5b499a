import { createIdbSearchStore } from "./idb-search-store.ts";
import type { Answer, Call, Opening } from "./remote-calls.ts";
import { createSearchIndex, type SearchIndex } from "./search-index.ts";

/** The worker that keeps the index. It is told plain text, and holds no key but its own. */

const page = globalThis as unknown as Pick<Worker, "postMessage" | "onmessage">;
let index: SearchIndex | null = null;

page.onmessage = ({ data }: MessageEvent<Opening | Call>) => {
  if ("account" in data) index = createSearchIndex(createIdbSearchStore(data.account, data.key));
  else void answer(data);
};

async function answer({ number, method, parameters }: Call): Promise<void> {
  try {
    const work = index?.[method] as ((...all: readonly unknown[]) => Promise<unknown>) | undefined;
    if (!work) throw new Error("no account was named");
    page.postMessage({ number, result: { value: await work(...parameters) } } satisfies Answer);
  } catch {
    page.postMessage({ number } satisfies Answer);
  }
}
