import { type BoxRequest, sealBatch } from "./seal-batch.ts";

/** The worker of worker-sealer.ts: one batch in, its boxes out. A batch that fails ends in the page as an error. */
addEventListener("message", ({ data }: MessageEvent<readonly BoxRequest[]>) => {
  sealBatch(data).then(
    (boxes) => postMessage(boxes),
    () => postMessage(null),
  );
});
