"use client";

import { type ReactElement, useState } from "react";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { SealingProgress } from "@/lib/client/model-rooms";

export interface Sealed {
  readonly done: number;
  readonly total: number;
}

/** How far keys are sealed for people; null before and after. */
export function useSealing(): readonly [Sealed | null, SealingProgress, () => void] {
  const [sealed, setSealed] = useState<Sealed | null>(null);
  const [report] = useState<SealingProgress>(
    () => (done: number, total: number) => setSealed({ done, total }),
  );
  const [reset] = useState(() => () => setSealed(null));
  return [sealed, report, reset];
}

/** For a handful of people it is over before it could be read. */
const FEW = 20;

export function SealingBar({ sealed }: { sealed: Sealed | null }): ReactElement | null {
  const { t } = useI18n();
  if (!sealed || sealed.total <= FEW) return null;
  const { done, total } = sealed;
  const text = t("sealing.progress", { done, total });
  return (
    <div className="flex flex-col gap-1.5">
      <p aria-hidden="true" className="text-sm text-soft tabular-nums">
        {text}
      </p>
      <progress
        value={done}
        max={total}
        aria-label={text}
        className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-hover [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-hover [&::-webkit-progress-value]:bg-accent"
      />
    </div>
  );
}
