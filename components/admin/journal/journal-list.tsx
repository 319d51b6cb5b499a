"use client";

import { type ReactElement, useCallback, useState } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { Notice } from "@/components/ui/notice";
import { Table } from "@/components/ui/table";
import type { Column } from "@/components/ui/table-model";
import { type EntryView, type JournalQuestion, useJournalCalls } from "@/lib/client/hooks/admin/journal";
import { useAdmin } from "@/lib/client/hooks/admin/use-admin";
import { adminHref } from "@/lib/client/hooks/admin/use-admin-route";
import { useLive } from "@/lib/client/hooks/admin/use-guarded";
import { useI18n } from "@/lib/client/hooks/i18n";
import { errorCode } from "@/lib/client/hooks/use-error-text";
import { usePages } from "@/lib/client/hooks/use-pages";
import { useStepUp } from "@/lib/client/hooks/use-step-up";
import { useEntryWords } from "./words";

const EVERY_MS = 4_000;

interface Entries {
  readonly question: JournalQuestion;
}

/** Entries page by page. */
export function PagedEntries({ question }: Entries): ReactElement {
  const { t } = useI18n();
  const words = useEntryWords();
  const { list } = useJournalCalls();
  const { guard } = useStepUp();
  const [lookedTo, setLookedTo] = useState<number | null>(null);
  const load = useCallback(
    async (after: string | null) => {
      const page = await guard(() => list(question, after));
      setLookedTo(page.lookedTo);
      return page;
    },
    [guard, list, question],
  );
  const { rows, error, reload, busy, older, newer } = usePages<EntryView>(load);
  return (
    <>
      <EntryTable
        rows={error === null ? rows : null}
        error={error}
        onRetry={reload}
        busy={busy}
        pages={{ older, newer }}
      />
      {lookedTo !== null && error === null && (
        <Notice icon="info">{t("journal.lookedTo", { time: words.time(lookedTo) })}</Notice>
      )}
    </>
  );
}

/** The newest entries, again and again; where that ends, it is said above those that were the last. */
export function LiveEntries({ question }: Entries): ReactElement {
  const { tail } = useJournalCalls();
  const { value, error, reload } = useLive(
    useCallback(() => tail(question), [tail, question]),
    EVERY_MS,
  );
  return (
    <>
      {value !== null && error !== null && <Failed error={error} onRetry={reload} />}
      <EntryTable rows={value?.rows ?? null} error={value === null ? error : null} onRetry={reload} />
    </>
  );
}

function EntryTable(props: {
  rows: readonly EntryView[] | null;
  error: unknown;
  onRetry: () => void;
  busy?: boolean;
  pages?: { older: (() => void) | null; newer: (() => void) | null };
}): ReactElement {
  const { rows, error, onRetry, busy = false, pages } = props;
  const { t } = useI18n();
  const words = useEntryWords();
  const columns = useColumns();
  return (
    <Table
      label={t("journal.list")}
      rows={rows}
      failed={error !== null && rows === null && <Failed error={error} onRetry={onRetry} />}
      columns={columns}
      rowKey={({ id }) => String(id)}
      rowName={({ event, at }) => `${words.event(event)}, ${words.time(at)}`}
      empty={t("journal.none")}
      busy={busy}
      {...pages}
    />
  );
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }): ReactElement {
  const { t } = useI18n();
  if (errorCode(error) !== "bad-request") return <AdminFailed error={error} onRetry={onRetry} />;
  return <Notice tone="danger">{t("journal.wrongQuestion")}</Notice>;
}

function useColumns(): [Column<EntryView>, ...Column<EntryView>[]] {
  const { t } = useI18n();
  const { may } = useAdmin();
  const words = useEntryWords();
  return [
    { id: "event", title: t("journal.event"), cell: ({ event }) => words.event(event) },
    {
      id: "time",
      title: t("journal.time"),
      cell: ({ at }) => <time dateTime={new Date(at).toISOString()}>{words.time(at)}</time>,
    },
    {
      id: "outcome",
      title: t("journal.outcome"),
      cell: ({ outcome }) => (
        <span className={outcome === "ok" ? undefined : "font-medium text-warn"}>
          {t(`journal.outcome.${outcome}`)}
        </span>
      ),
    },
    {
      id: "person",
      title: t("journal.person"),
      cell: (row) =>
        row.person && may("see-people") ? (
          <a href={adminHref("people", row.person.id)} className="text-accent hover:underline">
            <bdi>{row.person.displayName}</bdi>
          </a>
        ) : (
          <bdi>{words.person(row)}</bdi>
        ),
    },
    { id: "address", title: t("journal.address"), cell: ({ address }) => <bdi>{address || "–"}</bdi> },
    { id: "browser", title: t("journal.browser"), cell: (row) => <bdi>{words.browser(row)}</bdi> },
    { id: "detail", title: t("journal.detail"), cell: (row) => <bdi>{words.detail(row) || "–"}</bdi> },
  ];
}
