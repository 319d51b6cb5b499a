import type { Bytes } from "../base/bytes.ts";
import { type BoxContext, sealBox } from "../crypto/sealed-box.ts";

/** One box to be sealed. Plain data: it may cross into a worker. */
export interface BoxRequest {
  /** X-Wing, 1216 bytes. */
  readonly publicKey: Bytes;
  readonly context: BoxContext;
  readonly plaintext: Bytes;
}

/** Seals boxes away from where the person scrolls and types, where there is such a place. */
export interface Sealer {
  /** In the order of the requests. @throws CryptoError */
  seal(requests: readonly BoxRequest[]): Promise<Bytes[]>;
  end(): void;
}

export async function sealBatch(requests: readonly BoxRequest[]): Promise<Bytes[]> {
  const boxes: Bytes[] = [];
  for (const { publicKey, context, plaintext } of requests)
    boxes.push(await sealBox(publicKey, context, plaintext));
  return boxes;
}

/** For few boxes, and where there are no workers. */
export const sealerHere: Sealer = { seal: sealBatch, end: () => {} };
