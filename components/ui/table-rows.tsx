"use client";

import { clsx } from "clsx";
import type { ReactElement } from "react";
import { useI18n } from "@/lib/client/hooks/i18n";
import { Icon } from "./icons";
import type { Column, Sort, TableProps } from "./table-model";
import { RowCheckbox, useSelectAll } from "./table-selection";

/** Rows as a table. */
export function TableRows<Row>(props: TableProps<Row> & { rows: readonly Row[] }): ReactElement {
  const { t } = useI18n();
  const { label, columns, rows, rowKey, rowName, href, sort, onSort, selection } = props;
  const all = useSelectAll(rows.map(rowKey), selection);
  return (
    <div className="overflow-x-auto rounded-xl border border-line bg-raised">
      <table aria-label={label} className="w-full border-collapse text-start">
        <thead>
          <tr className="border-line border-b">
            {selection && (
              <th scope="col" className="w-10 ps-3">
                <RowCheckbox label={t("table.selectAll")} {...all} />
              </th>
            )}
            {columns.map((column) => (
              <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <tr key={rowKey(row)} className={clsx(href && "transition-colors hover:bg-hover")}>
              {selection && (
                <td className="w-10 ps-3">
                  <RowCheckbox label={t("table.select", { name: rowName(row) })} {...all.one(rowKey(row))} />
                </td>
              )}
              {columns.map((column, place) => {
                const look = clsx(
                  "px-3 py-2.5 align-top wrap-anywhere",
                  column.numeric ? "text-end tabular-nums" : "text-start",
                );
                if (place > 0) {
                  return (
                    <td key={column.id} className={clsx(look, "text-soft")}>
                      {column.cell(row)}
                    </td>
                  );
                }
                return (
                  <th key={column.id} scope="row" className={clsx(look, "font-medium")}>
                    {href ? (
                      <a href={href(row)} className="text-accent hover:underline">
                        {column.cell(row)}
                      </a>
                    ) : (
                      column.cell(row)
                    )}
                  </th>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HeadCell<Row>(props: {
  column: Column<Row>;
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
}): ReactElement {
  const { t } = useI18n();
  const { column, sort, onSort } = props;
  const sorted = sort?.column === column.id;
  const look = clsx("px-3 py-1 font-medium text-sm text-soft", column.numeric ? "text-end" : "text-start");
  if (!column.sortable || !onSort) {
    return (
      <th scope="col" className={clsx(look, "py-2.5")}>
        {column.title}
      </th>
    );
  }
  return (
    <th
      scope="col"
      aria-sort={sorted ? (sort.descending ? "descending" : "ascending") : "none"}
      className={look}
    >
      <button
        type="button"
        title={t("table.sort", { column: column.title })}
        onClick={() => onSort({ column: column.id, descending: sorted && !sort.descending })}
        className="target -mx-1.5 inline-flex items-center gap-1 rounded-md px-1.5 hover:bg-hover"
      >
        {column.title}
        <Icon
          name="chevronDown"
          className={clsx("size-4", !sorted && "opacity-0", sorted && !sort.descending && "rotate-180")}
        />
      </button>
    </th>
  );
}
