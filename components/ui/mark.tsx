import { clsx } from "clsx";
import type { ReactElement } from "react";

const WAX =
  "M14.92 1.5C16.36 1.94 17.63 3.2 18.79 4.25C19.95 5.3 21.32 6.42 21.89 7.79C22.46 9.16 22.24 10.91 22.19 12.47C22.14 14.04 22.27 15.85 21.59 17.18C20.91 18.51 19.43 19.65 18.13 20.46C16.83 21.28 15.32 21.74 13.81 22.09C12.31 22.44 10.52 22.93 9.07 22.55C7.63 22.17 6.3 20.88 5.15 19.82C3.99 18.76 2.7 17.57 2.15 16.19C1.61 14.81 1.81 13.09 1.86 11.53C1.91 9.97 1.77 8.16 2.45 6.84C3.14 5.53 4.68 4.54 5.96 3.66C7.24 2.78 8.63 1.93 10.12 1.57C11.62 1.21 13.47 1.05 14.92 1.5Z";
const LETTER =
  "M15 9.2c-.5-1-1.6-1.6-3-1.6-1.7 0-2.9.85-2.9 2.15 0 3.1 6 1.4 6 4.5 0 1.35-1.25 2.2-3.1 2.2-1.5 0-2.7-.65-3.2-1.75";

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
