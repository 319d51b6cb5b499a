import type { Pool } from "mariadb";
import { createOverviewTables } from "./overview.ts";

/** What only the administration asks for: one property a section. */
export function createAdminTables(pool: Pool) {
  return { overview: createOverviewTables(pool) };
}
