import { clsx } from "clsx";
import type { ReactElement } from "react";
import { Mark } from "@/components/ui/mark";

/** The back of an envelope, stretched over its box, with the seal on the tip of the flap. */
export function Envelope({ compact = false }: { compact?: boolean }): ReactElement {
  const tip = compact ? 100 : 44;
  return (
    <div aria-hidden="true" className="absolute inset-0">
      <svg
        aria-hidden="true"
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        className="absolute inset-0 size-full"
      >
        <path d={`M0 0 50 ${tip} 100 0Z`} className="fill-paper" />
        <g className="fill-none stroke-line" strokeWidth="1.25">
          <path d={`M0 0 50 ${tip} 100 0`} vectorEffect="non-scaling-stroke" />
          {!compact && (
            <path d={`M0 100 41 ${tip - 8}M100 100 59 ${tip - 8}`} vectorEffect="non-scaling-stroke" />
          )}
        </g>
      </svg>
      <div
        className={clsx(
          "absolute start-1/2 -translate-1/2 rtl:translate-x-1/2",
          compact ? "top-full" : "top-[44%]",
        )}
      >
        <Mark className={compact ? "size-16" : "size-32"} />
      </div>
    </div>
  );
}
