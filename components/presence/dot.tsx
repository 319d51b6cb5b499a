import { clsx } from "clsx";
import type { ReactElement, Ref } from "react";
import type { Presence } from "@/lib/protocol/visibility";

/** Told apart by shape, not by colour alone: full, a ring, and a disc with a bar. */
const LOOKS: Readonly<Record<Presence, string>> = {
  online: "bg-good",
  away: "bg-paper inset-ring-2 inset-ring-warn",
  busy: "bg-danger after:h-0.5 after:w-1.5 after:rounded-full after:bg-paper",
  offline: "bg-paper inset-ring-2 inset-ring-edge",
};

/** At the edge of a picture. @param presence null draws nothing, and keeps the place. @param label for who does not see it */
export function Dot(props: {
  presence: Presence | null;
  label: string;
  ref?: Ref<HTMLSpanElement>;
}): ReactElement {
  const { presence, label, ref } = props;
  return (
    <span
      ref={ref}
      title={presence ? label : undefined}
      className={clsx(
        "absolute -end-0.5 -bottom-0.5 flex size-3 items-center justify-center rounded-full",
        presence && "ring-2 ring-paper",
        presence && LOOKS[presence],
      )}
    >
      {presence && <span className="sr-only">{label}</span>}
    </span>
  );
}
