import { clsx } from "clsx";
import type { ReactElement } from "react";
import { initialsOf, toneOf } from "./avatar-look";

/** Written out, because Tailwind finds classes by reading them. */
const TONES = [
  "bg-avatar-0",
  "bg-avatar-1",
  "bg-avatar-2",
  "bg-avatar-3",
  "bg-avatar-4",
  "bg-avatar-5",
  "bg-avatar-6",
  "bg-avatar-7",
];

/** Stands beside a name, never in place of one: screen readers skip it. */
export function Avatar(props: { id: string; name: string; className?: string }): ReactElement {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        "inline-flex shrink-0 select-none items-center justify-center rounded-full font-semibold text-on-avatar",
        TONES[toneOf(props.id)],
        props.className ?? "size-10 text-sm",
      )}
    >
      {initialsOf(props.name)}
    </span>
  );
}
