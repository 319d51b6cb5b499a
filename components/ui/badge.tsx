import type { ReactElement } from "react";

const MOST = 99;

/** A count in a pill; `label` says the whole sentence to screen readers. */
export function CountBadge({ count, label }: { count: number; label: string }): ReactElement {
  return (
    <span className="inline-flex h-5 min-w-5 items-center justify-center rounded-full bg-accent px-1.5 font-semibold text-2xs text-on-accent tabular-nums">
      <span aria-hidden="true">{count > MOST ? `${MOST}+` : count}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
