import type { Bytes } from "../base/bytes.ts";
import { AppError } from "../protocol/errors.ts";
import { type Sealer, sealBatch } from "./seal-batch.ts";

/** Seals in a worker of its own; in the page where a browser will not start one. */
export function startSealer(): Sealer {
  let worker: Worker | null = new Worker(new URL("./seal-worker.ts", import.meta.url));
  const end = () => {
    worker?.terminate();
    worker = null;
  };
  return {
    async seal(requests) {
      const running = worker;
      if (!running) return sealBatch(requests);
      try {
        return await new Promise<Bytes[]>((resolve, reject) => {
          running.onmessage = ({ data }: MessageEvent<Bytes[] | null>) =>
            data ? resolve(data) : reject(new AppError("internal", "a key that cannot be sealed to"));
          running.onerror = () => reject(new TypeError("no worker"));
          running.postMessage(requests);
        });
      } catch (error) {
        if (error instanceof AppError) throw error;
        end();
        return sealBatch(requests);
      }
    },
    end,
  };
}
