import { PrismaMariaDb } from "@prisma/adapter-mariadb";
import type { Pool } from "mariadb";
import { createAccessRuleTable } from "./access-rules.ts";
import { createAccountData } from "./account-data.ts";
import { createAccounts } from "./accounts.ts";
import { createAdminTables } from "./admin/admin.ts";
import { createAnnouncementTable } from "./announcements.ts";
import { createAppPasswords } from "./app-passwords.ts";
import { createChallenges } from "./challenges.ts";
import { type DatabaseTarget, openPool, openWriter, poolOptions } from "./connection.ts";
import { createConversations } from "./conversations.ts";
import { createCredentialChanges } from "./credential-changes.ts";
import { createDailyCountTable } from "./daily-counts.ts";
import { createDeletions } from "./deletions.ts";
import { createDeviceLinks } from "./device-links.ts";
import { createDevices } from "./devices.ts";
import { createEnrolments } from "./enrolments.ts";
import { createErasures } from "./erasures.ts";
import { createFiles } from "./files.ts";
import { PrismaClient } from "./generated/client.ts";
import { createHeads } from "./heads.ts";
import { createIdentityResets } from "./identity-reset.ts";
import { createInvitations } from "./invitations.ts";
import { createJoinRequests } from "./join-requests.ts";
import { createJournalTable } from "./journal.ts";
import { createJournalChain } from "./journal-chain.ts";
import { createKeys } from "./keys.ts";
import { createLeases } from "./leases.ts";
import { createMessages } from "./messages.ts";
import { createModeration } from "./moderation.ts";
import { createNewAccounts } from "./new-accounts.ts";
import { createNodeTables } from "./nodes.ts";
import { createOpenFailures } from "./open-failures.ts";
import { createPendingTotps } from "./pending-totps.ts";
import { createPolicyTable } from "./policies.ts";
import { createProfiles } from "./profiles.ts";
import { createReceipts } from "./receipts.ts";
import { createRecords } from "./records.ts";
import { createRegistrations } from "./registrations.ts";
import { createRenewals } from "./renewals.ts";
import { createReports } from "./reports.ts";
import { createRetentionStore } from "./retention.ts";
import { createRoomOffers } from "./room-offers.ts";
import { createRoomSizes } from "./room-sizes.ts";
import { createServerState } from "./server-state.ts";
import { createSessions } from "./sessions.ts";
import { createSignInCodes } from "./sign-in-codes.ts";
import { createThrottles } from "./throttles.ts";
import { createVaults } from "./vaults.ts";
import { createVisibilities } from "./visibilities.ts";
import { createWarnings } from "./warnings.ts";

/** All tables, one property an aggregate. Prisma where it reads well, the raw connector where it is hot. */
export function openDatabase(target: DatabaseTarget, connections: number) {
  const pool: Pool = openPool(target, connections);
  const writer = openWriter(target);
  const {
    bigIntAsNumber: _,
    insertIdAsNumber: __,
    checkNumberRange: ___,
    ...options
  } = poolOptions(target, connections);
  const prisma = new PrismaClient({
    adapter: new PrismaMariaDb(options),
    errorFormat: "minimal",
    // What reads several tables is a transaction to Prisma. By itself it waits for two seconds, less than the pool does.
    transactionOptions: { maxWait: 2 * (options.acquireTimeout ?? 0) },
  });
  return {
    accounts: createAccounts(prisma),
    newAccounts: createNewAccounts(pool),
    invitations: createInvitations(pool),
    profiles: createProfiles(prisma, pool),
    visibilities: createVisibilities(prisma, pool),
    pendingTotps: createPendingTotps(prisma, pool),
    signInCodes: createSignInCodes(pool),
    appPasswords: createAppPasswords(pool),
    credentialChanges: createCredentialChanges(pool),
    enrolments: createEnrolments(pool),
    registrations: createRegistrations(prisma),
    challenges: createChallenges(prisma),
    sessions: createSessions(prisma, pool),
    keys: createKeys(prisma),
    deviceLinks: createDeviceLinks(prisma),
    vaults: createVaults(pool),
    renewals: createRenewals(pool),
    openFailures: createOpenFailures(pool),
    policies: createPolicyTable(pool),
    accessRules: createAccessRuleTable(pool),
    announcements: createAnnouncementTable(pool),
    dailyCounts: createDailyCountTable(pool),
    identityResets: createIdentityResets(pool),
    devices: createDevices(prisma),
    throttles: createThrottles(pool),
    journal: createJournalTable(pool),
    journalChain: createJournalChain(pool),
    state: createServerState(pool),
    nodes: createNodeTables(pool),
    leases: createLeases(pool),
    conversations: createConversations(pool),
    heads: createHeads(pool),
    records: createRecords(pool),
    joinRequests: createJoinRequests(pool),
    roomOffers: createRoomOffers(pool),
    moderation: createModeration(pool),
    reports: createReports(pool),
    warnings: createWarnings(pool),
    messages: createMessages(pool, writer),
    erasures: createErasures(pool),
    files: createFiles(pool),
    receipts: createReceipts(pool),
    retention: createRetentionStore(pool),
    roomSizes: createRoomSizes(pool),
    deletions: createDeletions(pool),
    accountData: createAccountData(pool),
    admin: createAdminTables(pool),
    pool,

    /** How many statements wait for a connection. */
    waiting: (): number => pool.taskQueueSize(),

    /** Of the pool that what is hot goes by, now. */
    connections: () =>
      [
        [{ state: "active" }, pool.activeConnections()],
        [{ state: "idle" }, pool.idleConnections()],
        [{ state: "waited-for" }, pool.taskQueueSize()],
      ] as const,

    /** @throws when the database cannot be reached, takes nothing, or has no connection left for what stores messages. */
    async ping(): Promise<void> {
      // A number, or a word from MariaDB 12 on.
      const [{ closed }] = await pool.query<[{ closed: number }]>(
        "SELECT CAST(@@GLOBAL.read_only AS CHAR) NOT IN ('0', 'OFF') AS closed",
      );
      if (closed) throw new Error("the database is read-only");
      if (writer.totalConnections() === 0) await (await writer.getConnection()).release();
    },

    async close(): Promise<void> {
      await Promise.all([prisma.$disconnect(), pool.end(), writer.end()]);
    },
  };
}

export type Database = ReturnType<typeof openDatabase>;
