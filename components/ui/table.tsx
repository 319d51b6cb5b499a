"use client";

import type { ReactElement, ReactNode } from "react";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useMedia } from "@/lib/client/hooks/use-media";
import { Button } from "./button";
import { Skeleton } from "./skeleton";
import { TableCards } from "./table-cards";
import type { Selection, TableProps } from "./table-model";
import { TableRows } from "./table-rows";

interface Frame<Row> {
  /** Null until they are here. */
  readonly rows: readonly Row[] | null;
  /** In place of rows that could not be loaded. */
  readonly failed?: ReactNode;
  /** Where there are none: what to do next. */
  readonly empty: ReactNode;
  /** To the next and the previous page; null where there is none. */
  readonly older?: (() => void) | null;
  readonly newer?: (() => void) | null;
  /** The next page is on its way. */
  readonly busy?: boolean;
}

const WIDE = "(min-width: 768px)";
const WAITING = ["a", "b", "c", "d"];

/** Rows of anything: a table where there is room for one, else cards. */
export function Table<Row>(props: TableProps<Row> & Frame<Row>): ReactElement {
  const { rows, failed, empty, older, newer, busy = false, ...table } = props;
  const { t } = useI18n();
  const wide = useMedia(WIDE);
  if (failed) return <>{failed}</>;
  if (rows === null) return <Waiting />;
  return (
    <div className="flex flex-col gap-3" aria-busy={busy || undefined}>
      {table.selection && table.selection.selected.size > 0 && <SelectionBar {...table.selection} />}
      {rows.length === 0 ? (
        <div className="rounded-xl border border-line border-dashed px-4 py-6 text-pretty text-soft">
          {empty}
        </div>
      ) : wide ? (
        <TableRows {...table} rows={rows} />
      ) : (
        <TableCards {...table} rows={rows} />
      )}
      {(older || newer) && (
        <div className="flex justify-between gap-2">
          <Button tone="secondary" disabled={!newer || busy} onClick={() => newer?.()}>
            {t("table.newer")}
          </Button>
          <Button tone="secondary" disabled={!older || busy} onClick={() => older?.()}>
            {t("table.older")}
          </Button>
        </div>
      )}
    </div>
  );
}

function SelectionBar({ selected, onChange, actions }: Selection): ReactElement {
  const { t } = useI18n();
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-xl bg-tint px-3 py-1.5">
      <p role="status" className="me-auto font-medium text-sm tabular-nums">
        {t("table.selected", { count: selected.size })}
      </p>
      {actions}
      <Button tone="quiet" onClick={() => onChange(new Set())}>
        {t("table.clear")}
      </Button>
    </div>
  );
}

function Waiting(): ReactElement {
  return (
    <div className="flex animate-late flex-col gap-2">
      {WAITING.map((row) => (
        <Skeleton key={row} className="h-11 w-full rounded-lg" />
      ))}
    </div>
  );
}
