import type { ServerResponse } from "node:http";

export interface GateOptions {
  /** Answered at the same time. */
  readonly atOnce: number;
  /** In line behind them at most, and how long anybody stands there, in milliseconds. */
  readonly waiting: number;
  readonly patienceMs: number;
}

/**
 * A few requests at once and a short line behind them; whoever finds the line full, or stands in it too long, is to be told
 * to come again. A request that waits here costs nothing yet, so that a storm of them holds up nobody else.
 */
export function createGate({ atOnce, waiting, patienceMs }: GateOptions) {
  /** What lets each in, first come first. */
  const line = new Set<() => void>();
  let inside = 0;

  function letIn(response: ServerResponse): void {
    inside += 1;
    response.once("close", () => {
      inside -= 1;
      const [next] = line;
      next?.();
    });
  }

  /** @returns whether to go on with it: in at once or in turn, until the response is over. False also where nobody waits for it any more. */
  return function enter(response: ServerResponse): Promise<boolean> {
    if (inside < atOnce && !response.closed) {
      letIn(response);
      return Promise.resolve(true);
    }
    if (line.size >= waiting || response.closed) return Promise.resolve(false);
    return new Promise((resolve) => {
      const leave = (isIn: boolean) => {
        line.delete(step);
        clearTimeout(patience);
        response.off("close", giveUp);
        if (isIn) letIn(response);
        resolve(isIn);
      };
      const step = () => leave(true);
      const giveUp = () => leave(false);
      const patience = setTimeout(giveUp, patienceMs);
      response.once("close", giveUp);
      line.add(step);
    });
  };
}
