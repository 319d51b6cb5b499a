"use client";

import { clsx } from "clsx";
import type { ReactElement } from "react";
import { LinkedText } from "@/components/announcements/linked-text";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import { useAnnouncementCalls } from "@/lib/client/hooks/admin/announcements";
import { useAdmin } from "@/lib/client/hooks/admin/use-admin";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatTime } from "@/lib/client/hooks/time-format";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import type { AnnouncementRow } from "@/lib/protocol/http/admin/announcements";

interface ListProps {
  rows: readonly AnnouncementRow[];
  onChanged: () => void;
}

/** What is said, will be and was. */
export function AnnouncementList({ rows, onChanged }: ListProps): ReactElement {
  const { t } = useI18n();
  if (rows.length === 0)
    return (
      <p className="rounded-xl border border-line border-dashed px-4 py-6 text-pretty text-soft">
        {t("announcements.none")}
      </p>
    );
  return (
    <ul aria-label={t("announcements.list")} className="flex flex-col gap-2">
      {rows.map((row) => (
        <li key={row.id} className="rounded-xl border border-line bg-raised px-4 py-3">
          <Announcement row={row} onChanged={onChanged} />
        </li>
      ))}
    </ul>
  );
}

function Announcement({ row, onChanged }: { row: AnnouncementRow; onChanged: () => void }): ReactElement {
  const { t, locale } = useI18n();
  const { may } = useAdmin();
  const errorText = useErrorText();
  const calls = useAnnouncementCalls();
  const { run, busy, error } = useGuardedAction(async () => {
    await calls.end(row.id);
    onChanged();
  });
  const now = Date.now();
  const isOver = row.endsAt <= now;
  const state = isOver ? "over" : row.startsAt > now ? "coming" : "showing";
  const [start, end] = [row.startsAt, row.endsAt].map((at) => formatTime(at, locale, "moment"));
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <Icon
        name={row.level === "warning" ? "alert" : "info"}
        className={clsx(
          "mt-0.5 size-5",
          isOver ? "text-faint" : row.level === "warning" ? "text-warn" : "text-accent",
        )}
      />
      <div className={clsx("wrap-anywhere min-w-0 flex-1 basis-60", isOver && "text-soft")}>
        <span className="sr-only">{t(`announcements.level.${row.level}`)}</span>
        <LinkedText text={row.text} />
        {row.french !== "" && (
          <div lang="fr" className="mt-2 border-line border-s-2 ps-3">
            <LinkedText text={row.french} />
          </div>
        )}
        <p className="mt-2 text-soft text-sm tabular-nums">
          {t(`announcements.state.${state}`, { start: start ?? "", end: end ?? "" })}
          {row.createdBy && (
            <>
              {" · "}
              <bdi>{t("announcements.by", { name: row.createdBy.displayName })}</bdi>
            </>
          )}
        </p>
        {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      </div>
      {!isOver && may("change-announcements") && (
        <Button
          tone="secondary"
          busy={busy}
          aria-label={t("announcements.endNowOf", { text: row.text })}
          onClick={() => run()}
        >
          {t("announcements.endNow")}
        </Button>
      )}
    </div>
  );
}
