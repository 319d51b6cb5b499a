import fc from "fast-check";
import { expect, test } from "vitest";
import { encodePolicy, parsePolicy } from "../../protocol/layout/policy.ts";
import { fullPolicy } from "./room-policy.ts";

const CHOSEN = { posting: "everyone", slowSeconds: 0, history: "all" } as const;

test("whatever time messages have, keys change often enough for it, and at least weekly", () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 0xffffffff }), (retentionSeconds) => {
      const policy = fullPolicy({ ...CHOSEN, retentionSeconds });
      expect(parsePolicy(encodePolicy(policy))).toEqual(policy);
      expect(policy.rotationSeconds).toBeLessThanOrEqual(7 * 86_400);
    }),
  );
  expect(fullPolicy({ ...CHOSEN, retentionSeconds: 0 }).rotationSeconds).toBe(7 * 86_400);
});
