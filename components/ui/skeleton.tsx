import { clsx } from "clsx";
import type { ReactElement } from "react";

/** The place of something that is coming, sized and rounded by `className`. Its parent carries the words. */
export function Skeleton({ className }: { className?: string }): ReactElement {
  return <div aria-hidden="true" className={clsx("animate-breathe bg-hover", className)} />;
}
