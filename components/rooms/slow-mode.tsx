"use client";

import { type ReactElement, useEffect, useState } from "react";
import { useI18n } from "@/lib/client/hooks/i18n";
import { RoomsTexts } from "@/lib/client/hooks/rooms-texts";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Conversation } from "@/lib/client/model";
import { durationText, paceOf } from "./policy-choices";

interface SlowModeProps {
  id: Conversation["id"];
  seconds: number;
}

/** Above the composer of a room in slow mode: the rule, or how long it takes until the next message. */
export function SlowMode(props: SlowModeProps): ReactElement {
  return (
    <div className="mx-auto flex min-h-6 w-full max-w-3xl items-center px-4 pb-1 text-faint text-xs sm:px-6">
      <RoomsTexts>
        <Rule {...props} />
      </RoomsTexts>
    </div>
  );
}

function Rule({ id, seconds }: SlowModeProps): ReactElement {
  const { t, locale } = useI18n();
  const last = useMessengerState((state) =>
    state.timelines.get(id)?.messages.findLast(({ mine, seq }) => mine && seq !== null),
  );
  const left = useSecondsUntil((last?.at ?? 0) + seconds * 1000);
  if (left === 0) return <p>{t("slow.rule", paceOf(seconds, locale))}</p>;
  return <p className="tabular-nums">{t("slow.wait", { time: durationText(left, locale) })}</p>;
}

/** 0 once it is over. @param end milliseconds since 1970 */
function useSecondsUntil(end: number): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const count = (): boolean => {
      const seconds = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      setLeft(seconds);
      return seconds > 0;
    };
    if (!count()) return;
    const timer = setInterval(() => count() || clearInterval(timer), 1000);
    return () => clearInterval(timer);
  }, [end]);
  return left;
}
