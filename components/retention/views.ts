/** How long messages live; one file to fetch (use-retention.ts). */

export { RetentionDialog } from "./retention-dialog";
export { RetentionMark } from "./retention-mark";
