import type { Pool } from "mariadb";
import { createJournalReading } from "./journal.ts";
import { createMeasures } from "./measures.ts";
import { createModerationTables } from "./moderation.ts";
import { createOverviewTables } from "./overview.ts";
import { createPeopleTables } from "./people.ts";
import { createPeopleChanges } from "./people-changes.ts";
import { createRoomTables } from "./rooms.ts";

/** What only the administration asks for: one property a section. */
export function createAdminTables(pool: Pool) {
  return {
    overview: createOverviewTables(pool),
    people: createPeopleTables(pool),
    peopleChanges: createPeopleChanges(pool),
    journal: createJournalReading(pool),
    rooms: createRoomTables(pool),
    moderation: createModerationTables(pool),
    measures: createMeasures(pool),
  };
}
