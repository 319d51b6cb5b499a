"use client";

import { type ReactElement, useCallback, useState } from "react";
import { Button } from "@/components/ui/button";
import { Table } from "@/components/ui/table";
import type { Sort } from "@/components/ui/table-model";
import { AdminTexts } from "@/lib/client/hooks/admin/use-admin";
import { usePages } from "@/lib/client/hooks/use-pages";
import { Section } from "./section";

interface Row {
  readonly id: string;
  readonly name: string;
  readonly messages: number;
}

const PAGE = 5;
const ROWS: readonly Row[] = Array.from({ length: 23 }, (_, i) => ({
  id: `row-${i}`,
  name: i === 3 ? "مجموعة القراءة" : `Somebody with quite a long name, the ${i + 1}th of them all`,
  messages: (i * 7919) % 1000,
}));

function compare({ column, descending }: Sort) {
  const sign = descending ? -1 : 1;
  return (a: Row, b: Row) =>
    sign *
    (column === "name" ? a.name.localeCompare(b.name) : a.messages - b.messages || (a.id < b.id ? -1 : 1));
}

/** The table with everything it can do, and what it shows while it has nothing. */
export function GalleryTable(): ReactElement {
  return (
    <AdminTexts>
      <Section title="Table">
        <div className="w-full">
          <DemoTable />
        </div>
        <div className="w-full">
          <Table
            label="Nothing"
            columns={[{ id: "name", title: "Name", cell: ({ name }: Row) => name }]}
            rows={[]}
            rowKey={({ id }) => id}
            rowName={({ name }) => name}
            empty="Nobody is here yet. Invite somebody."
          />
        </div>
        <div className="w-full">
          <Table
            label="Loading"
            columns={[{ id: "name", title: "Name", cell: ({ name }: Row) => name }]}
            rows={null}
            rowKey={({ id }) => id}
            rowName={({ name }) => name}
            empty=""
          />
        </div>
      </Section>
    </AdminTexts>
  );
}

function DemoTable(): ReactElement {
  const [sort, setSort] = useState<Sort>({ column: "name", descending: false });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const load = useCallback(
    async (after: string | null) => {
      const ordered = [...ROWS].sort(compare(sort));
      const from = after === null ? 0 : ordered.findIndex(({ id }) => id === after) + 1;
      const rows = ordered.slice(from, from + PAGE);
      return { rows, next: from + PAGE < ordered.length ? (rows.at(-1)?.id ?? null) : null };
    },
    [sort],
  );
  const { rows, busy, older, newer } = usePages(load);
  return (
    <Table
      label="People"
      columns={[
        { id: "name", title: "Name", sortable: true, cell: ({ name }) => <bdi>{name}</bdi> },
        {
          id: "messages",
          title: "Messages",
          sortable: true,
          numeric: true,
          cell: ({ messages }) => messages,
        },
        { id: "id", title: "Number", cell: ({ id }) => id },
      ]}
      rows={rows}
      busy={busy}
      older={older}
      newer={newer}
      rowKey={({ id }) => id}
      rowName={({ name }) => name}
      href={({ id }) => `#${id}`}
      empty="Nobody."
      sort={sort}
      onSort={setSort}
      selection={{
        selected,
        onChange: setSelected,
        actions: <Button tone="secondary">Suspend</Button>,
      }}
    />
  );
}
