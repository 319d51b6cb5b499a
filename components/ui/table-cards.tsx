"use client";

import type { ReactElement } from "react";
import { useI18n } from "@/lib/client/hooks/i18n";
import { SelectField } from "./select-field";
import type { TableProps } from "./table-model";
import { RowCheckbox, useSelectAll } from "./table-selection";

/** Rows as cards, for a phone. */
export function TableCards<Row>(props: TableProps<Row> & { rows: readonly Row[] }): ReactElement {
  const { t } = useI18n();
  const { label, columns, rows, rowKey, rowName, href, sort, onSort, selection } = props;
  const all = useSelectAll(rows.map(rowKey), selection);
  const [first, ...others] = columns;
  const orders = columns.flatMap(({ id, title, sortable }) =>
    sortable ? [false, true].map((descending) => ({ column: id, title, descending })) : [],
  );
  return (
    <>
      {onSort && sort && orders.length > 0 && (
        <SelectField
          label={t("table.sortBy")}
          value={`${sort.column} ${sort.descending}`}
          choices={orders.map(({ column, title, descending }) => ({
            value: `${column} ${descending}`,
            label: `${title}, ${t(descending ? "table.descending" : "table.ascending")}`,
          }))}
          onChange={(chosen) => {
            const [column = "", descending] = chosen.split(" ");
            onSort({ column, descending: descending === "true" });
          }}
        />
      )}
      {selection && <RowCheckbox label={t("table.selectAll")} shown {...all} />}
      <ul aria-label={label} className="flex flex-col gap-2.5">
        {rows.map((row) => (
          <li key={rowKey(row)} className="flex gap-2 rounded-xl border border-line bg-raised px-4 py-3">
            <div className="min-w-0 flex-1">
              <p className="font-medium wrap-anywhere">
                {href ? (
                  <a href={href(row)} className="block py-2.5 text-accent">
                    {first.cell(row)}
                  </a>
                ) : (
                  first.cell(row)
                )}
              </p>
              <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-sm">
                {others.map((column) => (
                  <div key={column.id} className="contents">
                    <dt className="text-faint">{column.title}</dt>
                    <dd className="text-end text-soft wrap-anywhere tabular-nums">{column.cell(row)}</dd>
                  </div>
                ))}
              </dl>
            </div>
            {selection && (
              <RowCheckbox label={t("table.select", { name: rowName(row) })} {...all.one(rowKey(row))} />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
