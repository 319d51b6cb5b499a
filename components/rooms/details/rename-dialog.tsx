"use client";

import { type ReactElement, useState } from "react";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useRooms } from "@/lib/client/hooks/use-rooms";
import { NameAndTopic } from "../name-and-topic";
import { ActDialog } from "./act-dialog";
import { useOpenRoom } from "./use-open-room";

export function RenameDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const rooms = useRooms();
  const { id, standing } = useOpenRoom();
  const [profile, setProfile] = useState({ name: standing.name, topic: standing.topic });
  const [refused, setRefused] = useState(false);
  const name = profile.name.trim();
  const rename = (): Promise<void> | null => {
    setRefused(name === "");
    return name === "" ? null : rooms.rename(id, { name, topic: profile.topic.trim() });
  };
  return (
    <ActDialog title={t("details.editTitle")} confirmLabel={t("details.save")} act={rename} onClose={onClose}>
      <NameAndTopic profile={profile} onChange={setProfile} missing={refused && name === ""} />
    </ActDialog>
  );
}
