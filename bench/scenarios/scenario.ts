import type { Row } from "../load/report.ts";

export interface Sizes {
  readonly people: number;
  readonly rounds: number;
  /** Of each measurement. */
  readonly seconds: number;
  readonly connections: number;
  /** By each of those who come back. */
  readonly missed: number;
  /** Messages stored, smallest first. */
  readonly history: readonly number[];
  /** Who signs in, each once. */
  readonly signIns: number;
}

/** Measures Sceau and what it is held against, in one run. */
export type Scenario = (sizes: Sizes, only: (part: string) => boolean) => Promise<Row[]>;
