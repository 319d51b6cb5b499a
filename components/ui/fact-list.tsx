import type { ReactElement } from "react";

/** Short facts under their titles, side by side. */
export function FactList({
  facts,
}: {
  facts: readonly (readonly [title: string, fact: string])[];
}): ReactElement {
  return (
    <dl className="grid max-w-2xl grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 rounded-xl border border-line bg-raised px-4 py-3">
      {facts.map(([title, fact]) => (
        <div key={title} className="contents">
          <dt className="text-soft">{title}</dt>
          <dd className="wrap-anywhere tabular-nums">{fact}</dd>
        </div>
      ))}
    </dl>
  );
}
