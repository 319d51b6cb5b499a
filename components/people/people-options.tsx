"use client";

import { clsx } from "clsx";
import { type ReactElement, useEffect } from "react";
import { PersonAvatar } from "@/components/presence/person-avatar";
import { VerifiedMark } from "@/components/trust/verified-mark";
import { Skeleton } from "@/components/ui/skeleton";
import type { Person } from "@/lib/client/model";

const PLACES = [0, 1, 2];

export function PeopleOptions(props: {
  listId: string;
  label: string;
  people: readonly Person[];
  activeId: Person["id"] | null;
  busy: boolean;
  searching: boolean;
  onChoose: (person: Person) => void;
}): ReactElement {
  const { listId, label, people, activeId, busy, searching, onChoose } = props;
  useEffect(() => {
    const active = activeId && document.getElementById(`${listId}-${activeId}`);
    if (active) active.scrollIntoView({ block: "nearest" });
  }, [activeId, listId]);
  return (
    <>
      {people.length > 0 && (
        <p aria-hidden="true" className="px-2.5 pb-1 text-faint text-xs">
          {label}
        </p>
      )}
      {searching && (
        <div aria-hidden="true" className="animate-late">
          {PLACES.map((place) => (
            <div key={place} className="flex items-center gap-3 px-2.5 py-1.5">
              <Skeleton className="size-9 rounded-full" />
              <Skeleton className="h-3.5 w-2/5 rounded-md" />
            </div>
          ))}
        </div>
      )}
      {/* The keyboard works from the field (aria-activedescendant); the mouse works here. */}
      <div role="listbox" id={listId} aria-label={label} aria-busy={busy}>
        {people.map((person) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the combobox holds the focus.
          <div
            key={person.id}
            id={`${listId}-${person.id}`}
            role="option"
            aria-selected={person.id === activeId}
            onClick={() => onChoose(person)}
            className={clsx(
              "target flex cursor-pointer items-center gap-3 rounded-lg px-2.5 py-1.5 hover:bg-hover",
              person.id === activeId && "bg-tint hover:bg-tint",
              busy && "opacity-60",
            )}
          >
            <PersonAvatar person={person} className="size-9 text-sm" />
            <span className="flex min-w-0 flex-col">
              <span className="cut font-medium leading-snug">
                <bdi>{person.displayName}</bdi>
                <VerifiedMark id={person.id} />
              </span>
              <span className="truncate text-soft text-xs leading-snug">
                {person.name}
                {person.status && (
                  <>
                    {" · "}
                    <bdi>{person.status}</bdi>
                  </>
                )}
              </span>
            </span>
          </div>
        ))}
      </div>
    </>
  );
}
