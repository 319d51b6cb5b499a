"use client";

import type { ReactElement } from "react";
import { formatDay } from "@/lib/client/hooks/day-format";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { Line, Person } from "@/lib/client/model";
import { useSaying } from "./saying/use-saying";

export function DaySeparator({ at, today }: { at: number; today: number }): ReactElement {
  const { locale, t } = useI18n();
  return (
    <li className="flex items-center gap-3 px-5 pt-5 pb-1 text-faint text-xs">
      <span aria-hidden="true" className="h-px flex-1 bg-line" />
      <span className="first-letter:uppercase">{formatDay(at, today, locale, t)}</span>
      <span aria-hidden="true" className="h-px flex-1 bg-line" />
    </li>
  );
}

export function UnreadSeparator(): ReactElement {
  const { t } = useI18n();
  return (
    <li data-unread className="flex items-center gap-3 px-5 pt-4 pb-0.5 font-semibold text-accent text-xs">
      <span aria-hidden="true" className="h-px flex-1 bg-accent" />
      {t("timeline.unread")}
      <span aria-hidden="true" className="h-px w-5 bg-accent" />
    </li>
  );
}

/** What happened to the conversation; the words come with what is said about messages. */
export function LineRow({ line }: { line: Line }): ReactElement {
  const saying = useSaying();
  return (
    <li className="min-h-8 px-8 pt-3 text-center text-faint text-sm wrap-anywhere">
      {saying && <saying.LineWords line={line} />}
    </li>
  );
}

/** Says that something was here, and who took it away: what it was, nobody can know now. */
export function DeletedRow({ count, by }: { count: number; by: Person["id"] | null }): ReactElement {
  const { t } = useI18n();
  const saying = useSaying();
  return (
    <li className="px-6 pt-3 text-faint text-sm italic sm:px-8">
      {saying && by ? <saying.DeletedBy count={count} by={by} /> : t("timeline.deleted", { count })}
    </li>
  );
}
