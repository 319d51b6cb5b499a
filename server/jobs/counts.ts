import type { Services } from "../services/services.ts";
import { every } from "./every.ts";

const EVERY_MS = 5_000;

/** Writes down what was counted meanwhile. */
export function startCounting({ counts }: Pick<Services, "counts">): () => void {
  return every(EVERY_MS, () => void counts.flush());
}
