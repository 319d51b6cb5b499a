import type { AccountId } from "../../base/ids.ts";
import type { SearchKey } from "../../crypto/search-key.ts";
import { AppError } from "../../protocol/errors.ts";
import type { Answer, Call, Method, Opening } from "./remote-calls.ts";
import type { RunningIndex, SearchIndex } from "./search-index.ts";

interface Asked {
  readonly resolve: (value: never) => void;
  readonly reject: (error: AppError) => void;
}

/**
 * The index of an account, in a worker of its own. Its methods reject with AppError "unavailable".
 * @param onBroken the worker failed as a whole: nothing answers any more
 */
export function openBrowserIndex(account: AccountId, key: SearchKey, onBroken: () => void): RunningIndex {
  const worker = new Worker(new URL("./search-worker.ts", import.meta.url));
  const asked = new Map<number, Asked>();
  let calls = 0;
  let ended = false;

  function end(): void {
    ended = true;
    worker.terminate();
    for (const { reject } of asked.values()) reject(new AppError("unavailable", "the index"));
    asked.clear();
  }

  worker.onmessage = ({ data: { number, result } }: MessageEvent<Answer>) => {
    const call = asked.get(number);
    asked.delete(number);
    if (result) call?.resolve(result.value as never);
    else call?.reject(new AppError("unavailable", "the index"));
  };
  worker.onerror = () => {
    end();
    onBroken();
  };
  worker.postMessage({ account, key } satisfies Opening);

  const remote = <M extends Method>(method: M): SearchIndex[M] =>
    ((...parameters: readonly unknown[]) =>
      new Promise((resolve, reject) => {
        if (ended) throw new AppError("unavailable", "the index");
        calls += 1;
        asked.set(calls, { resolve, reject });
        worker.postMessage({ number: calls, method, parameters } satisfies Call);
      })) as unknown as SearchIndex[M];

  return {
    coverage: remote("coverage"),
    include: remote("include"),
    expire: remote("expire"),
    forget: remote("forget"),
    keepOnly: remote("keepOnly"),
    flush: remote("flush"),
    find: remote("find"),
    stop: end,
  };
}
