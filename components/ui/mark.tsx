import { clsx } from "clsx";
import type { ReactElement } from "react";

const WAX =
  "M14.9 1.5c1.5.4 2.7 1.7 3.9 2.8 1.1 1 2.5 2.1 3.1 3.5.6 1.4.3 3.1.3 4.7-.1 1.5.1 3.3-.6 4.7-.7 1.3-2.2 2.4-3.5 3.3-1.3.8-2.8 1.2-4.3 1.6-1.5.3-3.3.8-4.7.4-1.5-.3-2.8-1.6-3.9-2.7-1.2-1-2.5-2.2-3.1-3.6-.5-1.4-.3-3.1-.2-4.7 0-1.5-.1-3.3.6-4.7.6-1.3 2.2-2.3 3.5-3.1 1.2-.9 2.6-1.8 4.1-2.1 1.5-.4 3.4-.6 4.8-.1Z";
const LETTER =
  "M15 9.2c-.5-1-1.6-1.6-3-1.6-1.7 0-2.9.9-2.9 2.1 0 3.1 6 1.5 6 4.6 0 1.3-1.2 2.2-3.1 2.2-1.5 0-2.7-.7-3.2-1.8";

/** A wax seal: wax red appears here and nowhere else. */
export function Mark({ className = "size-8" }: { className?: string }): ReactElement {
  return (
    <svg viewBox="0 0 24 24" className={`${className} shrink-0`} aria-hidden="true">
      <path d={WAX} className="fill-wax" />
      <circle cx="12" cy="12" r="7.6" className="fill-wax-deep" />
      <circle cx="12" cy="12" r="7.6" className="fill-none stroke-wax-light/25" strokeWidth="0.5" />
      <path d={LETTER} className="fill-none stroke-wax-light" strokeWidth="1.5" strokeLinecap="round" />
    </svg>
  );
}

/** The name, and the seal beside it. */
export function Wordmark({ className }: { className?: string }): ReactElement {
  return (
    <span className={clsx("inline-flex items-center gap-2 font-serif text-xl", className)}>
      <Mark className="size-[1.45em]" />
      Sceau
    </span>
  );
}
