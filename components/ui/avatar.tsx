import { clsx } from "clsx";
import type { ReactElement } from "react";
import type { Person } from "@/lib/client/model";
import { initialsOf, toneOf } from "./avatar-look";

/** Written out, because Tailwind finds classes by reading them. */
export const AVATAR_CLASSES = [
  "bg-avatar-0",
  "bg-avatar-1",
  "bg-avatar-2",
  "bg-avatar-3",
  "bg-avatar-4",
  "bg-avatar-5",
  "bg-avatar-6",
  "bg-avatar-7",
];

/** Stands beside a name, never in place of one: screen readers skip it. The initials wait below the picture. */
export function Avatar(props: {
  person: Pick<Person, "id" | "displayName" | "picture">;
  className?: string;
}): ReactElement {
  const { id, displayName, picture } = props.person;
  return (
    <span
      aria-hidden="true"
      className={clsx(
        "relative inline-flex shrink-0 select-none items-center justify-center overflow-hidden rounded-full font-semibold text-on-avatar",
        AVATAR_CLASSES[toneOf(id)],
        props.className ?? "size-10 text-sm",
      )}
    >
      {initialsOf(displayName) || "–"}
      {picture && (
        // biome-ignore lint/performance/noImgElement: small, of one size, and cached by its address.
        <img
          key={picture}
          src={`/api/people/${id}/picture?v=${picture}`}
          alt=""
          className="absolute inset-0 size-full"
          onError={(event) => {
            event.currentTarget.hidden = true;
          }}
        />
      )}
    </span>
  );
}
