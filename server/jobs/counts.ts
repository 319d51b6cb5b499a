import type { Services } from "../services/services.ts";

const EVERY_MS = 5_000;

/** Writes down what was counted meanwhile. */
export function startCounting({ counts }: Pick<Services, "counts">): () => void {
  const timer = setInterval(() => void counts.flush(), EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
