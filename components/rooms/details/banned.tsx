"use client";

import type { ReactElement } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import { personName } from "@/lib/client/hooks/person-name";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useRooms } from "@/lib/client/hooks/use-rooms";
import type { Person } from "@/lib/client/model";
import { useOpenRoom } from "./use-open-room";

export function Banned(): ReactElement {
  const { t } = useI18n();
  const { banned } = useOpenRoom().details;
  if (banned.length === 0) return <p className="p-5 text-soft">{t("bans.none")}</p>;
  return (
    <div className="flex flex-col gap-3 px-4 py-5">
      <p className="text-pretty text-soft text-sm">{t("bans.intro")}</p>
      <ul className="-mx-2">
        {banned.map((person) => (
          <BannedRow key={person.id} person={person} />
        ))}
      </ul>
    </div>
  );
}

function BannedRow({ person }: { person: Person }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const rooms = useRooms();
  const { id, may, reload } = useOpenRoom();
  const lift = useAction(() => rooms.lift(id, person.id).then(reload));
  const name = personName(person, t);
  return (
    <li className="flex flex-wrap items-center gap-3 px-2 py-2">
      <Avatar person={person} className="size-9 text-sm" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">
          <bdi>{name}</bdi>
        </p>
        <p className="truncate text-faint text-xs">{person.name}</p>
      </div>
      {may.moderates && (
        <Button
          tone="secondary"
          aria-label={t("bans.liftLabel", { name })}
          busy={lift.busy}
          onClick={lift.run}
        >
          {t("bans.lift")}
        </Button>
      )}
      {lift.error !== null && (
        <p role="alert" className="w-full text-danger text-sm">
          {errorText(lift.error)}
        </p>
      )}
    </li>
  );
}
