import type { ReactNode } from "react";

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  readonly sortable?: boolean;
  /** Figures stand at the end, one below the other. */
  readonly numeric?: boolean;
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

export interface Selection {
  readonly selected: ReadonlySet<string>;
  readonly onChange: (selected: ReadonlySet<string>) => void;
  /** What can be done with the selected ones; shown as soon as there are any. */
  readonly actions: ReactNode;
}

export interface TableProps<Row> {
  /** What the rows are, for who does not see them. */
  readonly label: string;
  /** The first one heads each row. */
  readonly columns: readonly [Column<Row>, ...Column<Row>[]];
  readonly rowKey: (row: Row) => string;
  /** What a row is called, in words alone. */
  readonly rowName: (row: Row) => string;
  /** Where a row leads. */
  readonly href?: (row: Row) => string;
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
  readonly selection?: Selection;
}
