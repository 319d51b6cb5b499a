"use client";

import { type ReactElement, useEffect, useState } from "react";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useAccessRuleCalls } from "@/lib/client/hooks/admin/access-rules";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import type { RuledRoom } from "@/lib/protocol/http/admin/access-rules";
import { LIMITS } from "@/lib/protocol/limits";
import { useRuledRoomWords } from "./words";

const DEBOUNCE_MS = 180;

interface RoomFieldProps {
  room: RuledRoom | null;
  /** Whether somebody went on without choosing one. */
  missing: boolean;
  onChange: (room: RuledRoom) => void;
}

/** Which room a rule is about: looked for as one types, and told apart by more than its name. */
export function RoomField({ room, missing, onChange }: RoomFieldProps): ReactElement {
  const { t } = useI18n();
  const words = useRuledRoomWords();
  const errorText = useErrorText();
  const { findRooms } = useAccessRuleCalls();
  const [text, setText] = useState("");
  const [found, setFound] = useState<readonly RuledRoom[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const wanted = text.trim();
  useEffect(() => {
    let stale = false;
    setError(null);
    setFound(null);
    if (wanted === "") return;
    const timer = setTimeout(() => {
      findRooms(wanted).then(
        (rooms) => !stale && setFound(rooms),
        (reason: unknown) => !stale && setError(reason),
      );
    }, DEBOUNCE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [findRooms, wanted]);
  const others = (found ?? []).filter(({ id }) => id !== room?.id);
  const choices = room ? [room, ...others] : others;
  return (
    <div className="flex flex-col gap-3">
      <TextField
        type="search"
        label={t("accessRules.room")}
        hint={t("accessRules.roomHint")}
        error={missing && !room ? t("accessRules.roomWrong") : undefined}
        autoComplete="off"
        maxLength={LIMITS.searchChars.max}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      <div role="status">
        {found?.length === 0 && <p className="text-soft">{t("accessRules.roomNone")}</p>}
      </div>
      {choices.length > 0 && (
        <ChoiceCards
          label={t("accessRules.roomFound")}
          labelHidden
          value={room?.id ?? null}
          choices={choices.map((one) => ({
            value: one.id,
            label: words.title(one),
            body: words.details(one),
          }))}
          onChange={(id) => {
            const chosen = choices.find((one) => one.id === id);
            if (chosen) onChange(chosen);
          }}
        />
      )}
      <p className="text-pretty text-sm text-soft">{t("accessRules.roomMeans")}</p>
    </div>
  );
}
