import type { Timeline } from "../model.ts";
import type { createMargin, MarginDeps } from "./margin.ts";
import type { Run } from "./run.ts";

const NOTHING: Pick<Timeline, "lines" | "pinned"> = { lines: [], pinned: [] };

/** The margin of a conversation: its code comes with the first one that is opened. Messages are read without it. */
export function createLateMargin(deps: MarginDeps & { onChange(): void }) {
  let margin: ReturnType<typeof createMargin> | null = null;

  return {
    view: (around: Pick<Timeline, "hasOlder" | "hasNewer">): Pick<Timeline, "lines" | "pinned"> =>
      margin?.view(around) ?? NOTHING,

    /** What was loaded for it alone. */
    apart: (): Iterable<Run> => margin?.apart() ?? [],

    /** @param members ends when everybody who is in it has a name, or cannot have one now */
    async load(members: Promise<void>): Promise<void> {
      try {
        const { createMargin } = await import("./margin.ts");
        margin ??= createMargin(deps);
        const named = margin.membersNamed;
        members.then(named, named);
      } catch {
        // Not loaded: the next one that is opened tries again.
        members.catch(() => {});
      }
    },

    /** @throws AppError */
    async loadPinned(most: number): Promise<void> {
      await margin?.loadPinned(most);
      deps.onChange();
    },
  };
}
