"use client";

import { type ReactElement, useCallback, useDeferredValue, useState } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SelectField } from "@/components/ui/select-field";
import { useRoomCalls } from "@/lib/client/hooks/admin/rooms";
import { useAdmin } from "@/lib/client/hooks/admin/use-admin";
import { useGuarded } from "@/lib/client/hooks/admin/use-guarded";
import { useI18n } from "@/lib/client/hooks/i18n";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import type { RoomDetails } from "@/lib/protocol/http/admin/rooms";
import { LIMITS } from "@/lib/protocol/limits";
import { useRoomWords } from "./words";

type Shown = Pick<RoomDetails, "room" | "offer">;

/** A room without an owner: to whom it is offered, and whom else one may ask. Only a member's signature makes an owner. */
export function HandOver({ room, offer, onChanged }: Shown & { onChanged: () => void }): ReactElement {
  const { t } = useI18n();
  const { may } = useAdmin();
  const words = useRoomWords();
  const calls = useRoomCalls();
  const errorText = useErrorText();
  const withdraw = useGuardedAction(async () => {
    await calls.withdrawOffer(room.id).catch((error: unknown) => {
      // Answered meanwhile.
      if (errorCode(error) !== "not-found") throw error;
    });
    onChanged();
  });
  return (
    <PanelGroup title={t("serverRooms.handOver")} intro={t("serverRooms.handOverIntro")}>
      {offer && (
        <Notice icon="clock">
          {t("serverRooms.offered", { name: words.person(offer.person), time: words.moment(offer.at) })}
        </Notice>
      )}
      {withdraw.error !== null && <Notice tone="danger">{errorText(withdraw.error)}</Notice>}
      {offer && may("change-rooms") && (
        <Button tone="secondary" className="self-start" busy={withdraw.busy} onClick={withdraw.run}>
          {t("serverRooms.withdraw")}
        </Button>
      )}
      {may("change-rooms") && <OfferForm room={room} offer={offer} onChanged={onChanged} />}
    </PanelGroup>
  );
}

function OfferForm(props: Shown & { onChanged: () => void }): ReactElement | null {
  const { offer, onChanged } = props;
  const { id } = props.room;
  const { t } = useI18n();
  const words = useRoomWords();
  const calls = useRoomCalls();
  const errorText = useErrorText();
  const [start, setStart] = useState("");
  const [chosen, setChosen] = useState("");
  const asked = useDeferredValue(start.trim());
  const { value, error, reload } = useGuarded(useCallback(() => calls.heirs(id, asked), [calls, id, asked]));
  const people = (value?.people ?? []).filter((person) => person.id !== offer?.person.id);
  const heir = people.find((person) => person.id === chosen) ?? people[0];
  const action = useGuardedAction(async () => {
    if (!heir) return;
    await calls.offer(id, heir.id);
    onChanged();
  });
  if (!value) return error === null ? null : <AdminFailed error={error} onRetry={reload} />;
  const searches = value.more || start !== "";
  return (
    <form
      noValidate
      className="flex max-w-xl flex-col items-start gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        action.run();
      }}
    >
      {searches && (
        <div className="w-full">
          <TextField
            type="search"
            label={t("serverRooms.findHeir")}
            autoComplete="off"
            maxLength={LIMITS.searchChars.max}
            value={start}
            onChange={(event) => setStart(event.target.value)}
          />
        </div>
      )}
      {heir ? (
        <>
          <div className="w-full">
            <SelectField
              label={t("serverRooms.heir")}
              value={heir.id as string}
              choices={people.map((person) => ({
                value: person.id as string,
                label: `${words.person(person)} @${person.name}`,
              }))}
              onChange={setChosen}
            />
          </div>
          {action.error !== null && (
            <Notice tone="danger">
              {errorCode(action.error) === "conflict" ? t("serverRooms.notHeir") : errorText(action.error)}
            </Notice>
          )}
          <Button type="submit" tone="secondary" icon="key" busy={action.busy}>
            {t("serverRooms.offer")}
          </Button>
        </>
      ) : (
        <p className="text-soft">{t(start === "" ? "serverRooms.noHeir" : "serverRooms.noHeirFound")}</p>
      )}
    </form>
  );
}
