import { clsx } from "clsx";
import type { ReactElement } from "react";
import { AVATAR_CLASSES } from "@/components/ui/avatar";
import { initialsOf, toneOf } from "@/components/ui/avatar-look";
import { Icon } from "@/components/ui/icons";
import type { Conversation } from "@/lib/client/model";

/** Square, so that no room is taken for a person: "#" for a public one, the first letter and a lock for a private one. */
export function RoomTile(props: {
  room: Pick<Conversation, "id" | "kind"> & { readonly name: string };
  className: string;
}): ReactElement {
  const { id, kind, name } = props.room;
  const open = kind === "public-room";
  return (
    <span
      aria-hidden="true"
      className={clsx(
        "relative inline-flex shrink-0 select-none items-center justify-center rounded-[28%] font-semibold text-on-avatar",
        AVATAR_CLASSES[toneOf(id)],
        props.className,
      )}
    >
      {open ? "#" : [...initialsOf(name)][0]}
      {!open && (
        <span className="absolute -end-[8%] -bottom-[8%] flex size-[42%] items-center justify-center rounded-full bg-paper text-soft">
          <Icon name="lock" className="size-3/4" />
        </span>
      )}
    </span>
  );
}
