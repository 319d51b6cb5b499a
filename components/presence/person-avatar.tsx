"use client";

import type { ReactElement } from "react";
import { Avatar } from "@/components/ui/avatar";
import type { Person } from "@/lib/client/model";
import { usePresence } from "./use-presence";

/** Somebody's picture, with a dot that says whether they are there. */
export function PersonAvatar(props: { person: Person; className: string }): ReactElement {
  const { person } = props;
  const presence = usePresence();
  return (
    <span className="relative flex shrink-0">
      <Avatar {...props} />
      {presence && !person.deleted && <presence.PresenceDot id={person.id} />}
    </span>
  );
}
