/**
 * A part of the messenger whose code comes when somebody needs it; fetched anew after it could not be.
 * @param load fetches the code, and starts what it does
 */
export function createLatePart<Part extends { stop(): void }>(load: () => Promise<Part>) {
  let running: Promise<Part> | null = null;
  let started: Part | null = null;
  let stopped = false;

  async function begin(): Promise<Part> {
    const part = await load();
    if (stopped) part.stop();
    started = part;
    return part;
  }

  return {
    start(): Promise<Part> {
      running ??= begin().catch((error: unknown) => {
        running = null;
        throw error;
      });
      return running;
    },
    /** Null while it is not here. */
    find: () => started,
    stop(): void {
      stopped = true;
      started?.stop();
    },
  };
}
