import type { RunningParts } from "../account/parts.ts";
import { createLatePart } from "../late-part.ts";

/** What one keeps for oneself, whose code comes when the messenger rests or when somebody needs it. */
export function createLateNotes(parts: () => RunningParts) {
  return createLatePart(async () => (await import("./notes.ts")).startNotes(parts()));
}
