"use client";

import { type ReactElement, useMemo, useState } from "react";
import { PeoplePicker } from "@/components/people/people-picker";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useRooms } from "@/lib/client/hooks/use-rooms";
import type { Person } from "@/lib/client/model";
import { SealingBar, useSealing } from "../sealing";
import { ActDialog } from "./act-dialog";
import { useOpenRoom } from "./use-open-room";

export function AddPeopleDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const rooms = useRooms();
  const { id, standing, details, reload } = useOpenRoom();
  const [people, setPeople] = useState<readonly Person[]>([]);
  const [sealed, report, reset] = useSealing();
  const barred = useMemo(
    () =>
      new Set([...details.members.map(({ person }) => person.id), ...details.banned.map((one) => one.id)]),
    [details],
  );
  const add = (): Promise<void> | null => {
    if (people.length === 0) return null;
    reset();
    const accounts = people.map((person) => person.id);
    return rooms.add(id, accounts, report).then(reload);
  };
  return (
    <ActDialog
      title={t("adding.title")}
      description={t(`adding.${standing.history}`)}
      confirmLabel={t("adding.submit")}
      act={add}
      onClose={onClose}
    >
      <PeoplePicker chosen={people} onChange={setPeople} without={(person) => barred.has(person.id)} />
      <SealingBar sealed={sealed} />
    </ActDialog>
  );
}
