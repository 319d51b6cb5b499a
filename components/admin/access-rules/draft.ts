import type { AccessRule } from "@/lib/protocol/access-rules";

/** A rule while the list is worked on: what it is called in this page, wherever it moves. */
export interface DraftRule {
  readonly key: string;
  readonly rule: AccessRule;
}

let made = 0;
export function draftOf(rule: AccessRule): DraftRule {
  made += 1;
  return { key: `rule-${made}`, rule };
}

export const rulesOf = (draft: readonly DraftRule[]): AccessRule[] => draft.map(({ rule }) => rule);

export const isAlike = (draft: readonly DraftRule[], rules: readonly AccessRule[]): boolean =>
  JSON.stringify(rulesOf(draft)) === JSON.stringify(rules);

/** The rule at `from` at the place `to`, everything between moved on by one. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const rest = list.filter((_, i) => i !== from);
  const taken = list[from];
  return taken === undefined ? list : [...rest.slice(0, to), taken, ...rest.slice(to)];
}
