"use client";

import type { ReactElement } from "react";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";

/** How much of something is done, as a bar and in percent. */
export function Progress(props: { label: string; done: number; total: number }): ReactElement {
  const { locale } = useSayingTexts();
  const share = props.total > 0 ? Math.min(1, props.done / props.total) : 0;
  const percent = new Intl.NumberFormat(locale, { style: "percent" }).format(share);
  return (
    <span className="flex items-center gap-2">
      <span
        role="progressbar"
        aria-label={props.label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={percent}
        className="h-1 flex-1 overflow-hidden rounded-full bg-ink/15"
      >
        <span style={{ inlineSize: `${share * 100}%` }} className="block h-full bg-accent" />
      </span>
      <span aria-hidden="true" className="min-w-9 text-end text-soft text-xs tabular-nums">
        {percent}
      </span>
    </span>
  );
}
