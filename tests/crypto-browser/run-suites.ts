import { hasNativeXWing, nativeSuite, nativeVectorSuite } from "../../lib/crypto/testing/interop-suite.ts";
import { portableSuites } from "../../lib/crypto/testing/suites.ts";
import { vectorSuite } from "../../lib/crypto/testing/vector-suite.ts";
import type { Vectors } from "../../lib/crypto/testing/vectors.ts";

export interface Report {
  readonly passed: number;
  readonly failures: readonly string[];
  readonly native: boolean;
  readonly vectors: boolean;
}

/** Runs what lib/crypto/crypto.test.ts runs in Node; nothing in here knows vitest. */
export async function runSuites(): Promise<Report> {
  const answer = await fetch("/vectors.json");
  const vectors = (await answer.json()) as Vectors | null;
  const native = await hasNativeXWing();
  const suites = [...portableSuites];
  if (vectors) suites.push(vectorSuite(vectors));
  if (native) suites.push(nativeSuite);
  if (native && vectors) suites.push(nativeVectorSuite(vectors));
  let passed = 0;
  const failures: string[] = [];
  for (const { name, cases } of suites) {
    for (const [title, run] of Object.entries(cases)) {
      try {
        await run();
        passed++;
      } catch (error) {
        failures.push(`${name}: ${title}: ${String(error)}`);
      }
    }
  }
  return { passed, failures, native, vectors: vectors !== null };
}
