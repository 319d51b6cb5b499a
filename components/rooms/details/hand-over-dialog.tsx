"use client";

import { type ReactElement, useState } from "react";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { INPUT_CLASS } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import type { AccountId } from "@/lib/base/ids";
import { useI18n } from "@/lib/client/hooks/i18n";
import { closeConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import { useRooms } from "@/lib/client/hooks/use-rooms";
import { expectDeparture } from "../departures";
import { ActDialog } from "./act-dialog";
import { matching } from "./matching";
import { useOpenRoom } from "./use-open-room";

/** As many as can be looked over; the search finds the others. */
const SHOWN = 6;

/** The last owner leaves: somebody else must own the room first. */
export function HandOverDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const rooms = useRooms();
  const { id, details, me } = useOpenRoom();
  const [query, setQuery] = useState("");
  const [heir, setHeir] = useState<AccountId | null>(null);
  const [missing, setMissing] = useState(false);
  const others = details.members.filter(({ person }) => person.id !== me.id && !person.deleted);
  const handOver = (): Promise<void> | null => {
    setMissing(heir === null);
    return heir && leave(heir);
  };
  const leave = async (next: AccountId): Promise<void> => {
    await rooms.setRole(id, next, "owner");
    await expectDeparture(id, rooms.leave(id));
    closeConversationRoute();
  };
  return (
    <ActDialog
      title={t("leave.lastTitle")}
      description={t("leave.lastBody")}
      confirmLabel={t("leave.lastConfirm")}
      tone="danger"
      act={handOver}
      onClose={onClose}
    >
      {others.length > SHOWN && (
        <input
          type="search"
          aria-label={t("members.search")}
          placeholder={t("members.search")}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          className={INPUT_CLASS}
        />
      )}
      <ChoiceCards
        label={t("details.members")}
        value={heir}
        choices={matching(others, query)
          .slice(0, SHOWN)
          .map(({ person, role }) => ({
            value: person.id,
            label: person.displayName,
            body: `${person.name} · ${t(`role.${role}`)}`,
          }))}
        onChange={(chosen) => {
          setHeir(chosen);
          setMissing(false);
        }}
      />
      {missing && <Notice tone="danger">{t("leave.lastChoose")}</Notice>}
    </ActDialog>
  );
}
