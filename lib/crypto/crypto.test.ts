import { describe, it } from "vitest";
import { hasNativeXWing, nativeSuite, nativeVectorSuite } from "./testing/interop-suite.ts";
import type { Suite } from "./testing/portable.ts";
import { readVectors } from "./testing/read-vectors.ts";
import { portableSuites } from "./testing/suites.ts";
import { vectorSuite } from "./testing/vector-suite.ts";

const CASE_TIMEOUT = 30_000;

const vectors = await readVectors();
const native = await hasNativeXWing();

function declare({ name, cases }: Suite): void {
  describe(name, () => {
    for (const [title, run] of Object.entries(cases)) it(title, run, CASE_TIMEOUT);
  });
}

for (const suite of portableSuites) declare(suite);

if (vectors) declare(vectorSuite(vectors));
else
  describe.skip("published vectors: SKIPPED, no ../shared/vectors and no VECTORS_DIR", () =>
    it("runs", () => {}));

if (native) {
  declare(nativeSuite);
  if (vectors) declare(nativeVectorSuite(vectors));
} else {
  describe.skip("native X-Wing: SKIPPED, this platform has none", () => it("runs", () => {}));
}
