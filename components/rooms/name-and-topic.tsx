"use client";

import type { ReactElement } from "react";
import { TextField } from "@/components/ui/field";
import { useI18n } from "@/lib/client/hooks/i18n";
import { LIMITS } from "@/lib/protocol/limits";

interface Profile {
  readonly name: string;
  readonly topic: string;
}

/** @param props.missing whether to say that a room needs a name */
export function NameAndTopic(props: {
  profile: Profile;
  onChange: (profile: Profile) => void;
  missing: boolean;
}): ReactElement {
  const { t } = useI18n();
  const { profile, onChange, missing } = props;
  return (
    <>
      <TextField
        label={t("newRoom.name")}
        error={missing ? t("newRoom.nameMissing") : undefined}
        dir="auto"
        value={profile.name}
        onChange={(event) => onChange({ ...profile, name: event.target.value })}
        maxLength={LIMITS.roomNameChars.max}
        autoComplete="off"
      />
      <TextField
        label={t("newRoom.topic")}
        hint={t("newRoom.topicHint")}
        dir="auto"
        value={profile.topic}
        onChange={(event) => onChange({ ...profile, topic: event.target.value })}
        maxLength={LIMITS.roomTopicChars}
        autoComplete="off"
      />
    </>
  );
}
