import { clsx } from "clsx";
import type { ReactElement } from "react";

/** The place of something that is coming. Its parent carries the words; this is only for the eye. */
export function Skeleton({ className }: { className?: string }): ReactElement {
  return <div aria-hidden="true" className={clsx("animate-breathe rounded-md bg-hover", className)} />;
}
