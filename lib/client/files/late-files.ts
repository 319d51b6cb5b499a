import type { MessageId } from "../../base/ids.ts";
import type { RunningParts } from "../account/parts.ts";
import { createLatePart } from "../late-part.ts";

/** Files, whose code comes when the messenger rests or when somebody needs it. */
export function createLateFiles(parts: () => RunningParts) {
  const { start, find, stop } = createLatePart(async () => (await import("./files.ts")).startFiles(parts()));

  return {
    start,
    stop,
    /** The connection is back. */
    resume: (): void =>
      void find()
        ?.resume()
        .catch(() => {}),
    /** A message has left the outbox. */
    settle: (message: MessageId): void =>
      void find()
        ?.settle(message)
        .catch(() => {}),
  };
}
