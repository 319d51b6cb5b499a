"use client";

import { type ReactElement, useState } from "react";
import { PeoplePicker } from "@/components/people/people-picker";
import { Button } from "@/components/ui/button";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { Icon } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { openConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useFocusWrong } from "@/lib/client/hooks/use-focus-wrong";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { useRooms } from "@/lib/client/hooks/use-rooms";
import type { Person } from "@/lib/client/model";
import type { NewRoom, RoomKind, RoomPolicy } from "@/lib/client/model-rooms";
import { NameAndTopic } from "./name-and-topic";
import { PolicyFields } from "./policy-fields";
import { SealingBar, useSealing } from "./sealing";

const USUAL: RoomPolicy = {
  history: "since-joining",
  retentionSeconds: 0,
  posting: "everyone",
  slowSeconds: 0,
};

export function NewRoomForm({ onDone }: { onDone: () => void }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const rooms = useRooms();
  const me = useMessengerState((state) => state.me);
  const [profile, setProfile] = useState({ name: "", topic: "" });
  const [kind, setKind] = useState<RoomKind>("private-room");
  const [people, setPeople] = useState<readonly Person[]>([]);
  const [policy, setPolicy] = useState(USUAL);
  const [refused, setRefused] = useState(0);
  const [sealed, report, reset] = useSealing();
  const { run, busy, error } = useAction(async () => {
    reset();
    const { history, retentionSeconds, posting } = policy;
    const room: NewRoom = {
      kind,
      name: profile.name.trim(),
      topic: profile.topic.trim(),
      history,
      retentionSeconds,
      posting,
      people: people.map((person) => person.id),
    };
    openConversationRoute(await rooms.create(room, report));
    onDone();
  });
  const nameless = profile.name.trim() === "";
  return (
    <form
      ref={useFocusWrong(refused)}
      noValidate
      className="flex min-h-0 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (nameless) setRefused(refused + 1);
        else run();
      }}
    >
      <div className="flex min-h-0 flex-col gap-5 overflow-y-auto px-5 pt-3 pb-5">
        <NameAndTopic profile={profile} onChange={setProfile} missing={refused > 0 && nameless} />
        <ChoiceCards
          label={t("newRoom.kind")}
          value={kind}
          choices={[
            {
              value: "private-room",
              icon: "lock",
              label: t("newRoom.private"),
              body: t("newRoom.privateBody"),
            },
            {
              value: "public-room",
              icon: "users",
              label: t("newRoom.public"),
              body: t("newRoom.publicBody"),
            },
          ]}
          onChange={setKind}
        />
        <PeoplePicker
          chosen={people}
          onChange={setPeople}
          without={({ id }) => id === me?.id}
          disabled={busy}
        />
        <details className="group rounded-lg border border-line open:bg-paper">
          <summary className="target flex items-center justify-between gap-2 rounded-lg px-3.5 py-1.5 font-medium text-sm">
            {t("newRoom.more")}
            <Icon name="chevronDown" className="size-4 text-soft group-open:rotate-180" />
          </summary>
          <div className="px-3.5 pt-2 pb-4">
            <PolicyFields policy={policy} onChange={setPolicy} />
          </div>
        </details>
      </div>
      <div className="flex flex-col gap-3 border-line border-t p-4 px-5">
        {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
        {busy && <SealingBar sealed={sealed} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button tone="secondary" onClick={onDone}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" busy={busy}>
            {t("newRoom.create")}
          </Button>
        </div>
      </div>
    </form>
  );
}
