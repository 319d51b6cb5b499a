import type { Database } from "../../database/database.ts";
import { type AdminAccessRulesDeps, createAdminAccessRules } from "./access-rules.ts";
import { type AdminAnnouncementsDeps, createAdminAnnouncements } from "./announcements.ts";
import { createHandOver } from "./hand-over.ts";
import { createAdminInvitations } from "./invitations.ts";
import { type AdminJournalDeps, createAdminJournal } from "./journal.ts";
import { createAdminModeration } from "./moderation.ts";
import { createOverview, type OverviewDeps } from "./overview.ts";
import { type AdminPeopleDeps, createAdminPeople } from "./people.ts";
import { type AdminRoomsDeps, createAdminRooms } from "./rooms.ts";
import { createRuledRooms } from "./ruled-rooms.ts";

/** What only the administration does: one property a section. Who may call it, its routes say. */
export interface AdminDeps
  extends Omit<OverviewDeps, "tables" | "counts">,
    Pick<AdminPeopleDeps, "browsers" | "sessions" | "deletion" | "enrolment" | "voices">,
    Pick<AdminAccessRulesDeps, "accessRules">,
    Pick<AdminAnnouncementsDeps, "announcements">,
    Pick<AdminJournalDeps, "journal">,
    Pick<AdminRoomsDeps, "conversations" | "chains" | "records" | "roomSizing" | "publish"> {
  database: Database;
}

export function createAdminServices({ database, ...deps }: AdminDeps) {
  const people = createAdminPeople({
    ...deps,
    tables: database.admin.people,
    changes: database.admin.peopleChanges,
    devices: database.devices,
    appPasswords: database.appPasswords,
  });
  return {
    overview: createOverview({ ...deps, tables: database.admin.overview, counts: database.dailyCounts }),
    people,
    accessRules: createAdminAccessRules({
      ...deps,
      table: database.accessRules,
      accounts: database.accounts,
      ruledRooms: createRuledRooms(database.admin.rooms, database.accounts),
    }),
    announcements: createAdminAnnouncements({ ...deps, database }),
    invitations: createAdminInvitations(database, deps.journal, deps.clock),
    journal: createAdminJournal({
      ...deps,
      reading: database.admin.journal,
      chain: database.journalChain,
      accounts: database.accounts,
    }),
    moderation: createAdminModeration({
      ...{ ...deps, people },
      ...{ tables: database.admin.moderation, measures: database.admin.measures },
      ...{ reports: database.reports, accounts: database.accounts },
    }),
    handOver: createHandOver({
      ...deps,
      tables: database.admin.rooms,
      offers: database.roomOffers,
      accounts: database.accounts,
    }),
    rooms: createAdminRooms({
      ...deps,
      tables: database.admin.rooms,
      offers: database.roomOffers,
      moderation: database.moderation,
      accounts: database.accounts,
    }),
  };
}
