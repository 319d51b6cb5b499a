import fc from "fast-check";
import { expect, it } from "vitest";
import { LIMITS } from "../protocol/limits.ts";
import { batchesOf } from "./batches.ts";

it("puts every entry into one request, in order, and no request is too large", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: LIMITS.vaultEntryBytes }), { maxLength: 40 });
  fc.assert(
    fc.property(sizes, (lengths) => {
      const entries = lengths.map((length, i) => ({ id: "x".repeat(22), counter: 2 ** 53 - i, length }));
      const batches = batchesOf(
        entries.map((entry) => ({ ...entry, ciphertext: new Uint8Array(entry.length) })),
      );
      expect(batches.flat().map(({ counter }) => counter)).toEqual(entries.map(({ counter }) => counter));
      for (const batch of batches) {
        const body = {
          entries: batch.map(({ id, counter, length }) => ({
            id,
            counter,
            ciphertext: "A".repeat(Math.ceil((length * 4) / 3)),
          })),
        };
        expect(JSON.stringify(body).length).toBeLessThanOrEqual(LIMITS.httpBodyBytes);
      }
    }),
    { numRuns: 50 },
  );
});
