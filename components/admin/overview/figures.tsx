import type { ReactElement } from "react";
import { useAmounts } from "./amounts";

/** A few numbers, each with its name. */
export function Figures(props: {
  figures: readonly { readonly title: string; readonly count: number; readonly more?: string }[];
}): ReactElement {
  const { number } = useAmounts();
  return (
    <dl className="grid grid-cols-2 gap-2.5 sm:grid-cols-3 lg:grid-cols-5">
      {props.figures.map(({ title, count, more }) => (
        <div
          key={title}
          className="flex flex-col-reverse justify-end rounded-xl border border-line bg-raised px-4 py-3"
        >
          {more && <dd className="text-faint text-xs">{more}</dd>}
          <dt className="text-soft text-sm">{title}</dt>
          <dd className="font-serif text-2xl tabular-nums">{number(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
