import { createHmac } from "node:crypto";
import type { Database } from "../database/database.ts";
import type { FileStore } from "../files/file-store.ts";
import type { Log } from "../log.ts";
import { createPasswordHasher } from "../passwords/hasher.ts";
import type { Secrets } from "../secrets.ts";
import type { ServerMetrics } from "../server-metrics.ts";
import { createAccessRules } from "./access-rules.ts";
import { createAccountData } from "./account-data.ts";
import { createActivity } from "./activity.ts";
import { createAddressErasure } from "./address-erasure.ts";
import { type AdminDeps, createAdminServices } from "./admin/admin.ts";
import { createAdminDoor } from "./admin/door.ts";
import { createAdmission } from "./admission.ts";
import { createAnnouncements } from "./announcements.ts";
import { createAppPasswords } from "./app-passwords.ts";
import { createAttachments } from "./attachments.ts";
import { createBrowsers } from "./browsers.ts";
import { createChains } from "./chains.ts";
import { createConversationService } from "./conversations.ts";
import { createCredentials } from "./credentials.ts";
import { createDailyCounts } from "./daily-counts.ts";
import { createDeletion } from "./deletion.ts";
import { createDeviceLinkService } from "./device-links.ts";
import { createEnrolment } from "./enrolment.ts";
import { createErasureService } from "./erasures.ts";
import { createFactors } from "./factors.ts";
import { createFileUpkeep } from "./file-upkeep.ts";
import { createFileService } from "./files.ts";
import { createFirstRun } from "./first-run.ts";
import { createIdentityReset } from "./identity-reset.ts";
import { createJoining } from "./joining.ts";
import { createJournal } from "./journal.ts";
import { createJournalRemoval } from "./journal-removal.ts";
import { createKeyReplacement } from "./key-replacement.ts";
import { createKeyService } from "./keys.ts";
import { createMessageService } from "./messages.ts";
import { createMetricsPage, type MetricsAccess } from "./metrics-page.ts";
import { createModerationService } from "./moderation.ts";
import { createOtherNodes } from "./other-nodes.ts";
import { createOwnJournal } from "./own-journal.ts";
import { createPeople } from "./people.ts";
import { createPolicies } from "./policies.ts";
import { createProfileService } from "./profile.ts";
import type { Publish } from "./publish.ts";
import { createReceiptService } from "./receipts.ts";
import { createRecordService } from "./records.ts";
import { createRegistration } from "./registration.ts";
import { createRenewalService } from "./renewals.ts";
import { createReportService } from "./reports.ts";
import { createRetention } from "./retention.ts";
import { createRoomDoor } from "./room-door.ts";
import { createRoomOfferService } from "./room-offers.ts";
import { createRoomProfiles } from "./room-profiles.ts";
import { createRoomSizing } from "./room-sizes.ts";
import { createSessionService } from "./sessions.ts";
import { createSharedLimits } from "./shared-limits.ts";
import { createSignIn } from "./sign-in.ts";
import { createSignInCodes } from "./sign-in-codes.ts";
import { createStepUp } from "./step-up.ts";
import { createTelemetry } from "./telemetry.ts";
import { createThrottle } from "./throttle.ts";
import { createTokens } from "./tokens.ts";
import { createTotp } from "./totp.ts";
import { createVisibilityService } from "./visibility.ts";
import { createVoices } from "./voices.ts";
import { createWriteLimit } from "./write-limit.ts";

export interface ServiceDeps extends Pick<AdminDeps, "connected" | "disk" | "filesDisk"> {
  /** Whether other nodes are reached; null where there are none. */
  isLinked: () => boolean | null;
  database: Database;
  fileStore: FileStore;
  secrets: Secrets;
  publicUrl: URL;
  version: string;
  /** How long messages are kept at most, in seconds; 0 without end. */
  messageRetention: number;
  metrics: ServerMetrics;
  metricsAccess: MetricsAccess;
  publish: Publish;
  log: Log;
  clock: () => number;
}

/** Every use-case of the server, wired once. Routes, sockets and jobs reach the database through these alone. */
export function createServices({
  database,
  fileStore,
  secrets,
  publicUrl,
  version,
  messageRetention,
  metrics,
  metricsAccess,
  publish,
  connected,
  isLinked,
  disk,
  filesDisk,
  log,
  clock,
}: ServiceDeps) {
  const hasher = createPasswordHasher(secrets.pepper, { measure: metrics.password });
  metrics.registry.gauge("sceau_password_queue", "Passwords that wait to be hashed.", () => hasher.queueSize);
  metrics.registry.gauge("sceau_database_connections", "Connections to the database.", database.connections);
  const journal = createJournal(database.journal, publish, log, clock);
  const throttle = createThrottle(database.throttles, clock);
  const totp = createTotp(secrets.totp, clock);
  const { accounts } = database;
  const policies = createPolicies({ table: database.policies, accounts, journal, publish, log, clock });
  const accessRules = createAccessRules({ table: database.accessRules, journal, publish, log, clock });
  const announcements = createAnnouncements(database.announcements, publish, clock);
  const counts = createDailyCounts(database.dailyCounts, log, clock);
  const signInCodes = createSignInCodes(database.signInCodes, accounts, journal, clock);
  const factors = createFactors({ accounts, hasher, totp, signInCodes, throttle, journal, counts, clock });
  const activity = createActivity(database.sessions, log);
  const sessions = createSessionService(
    database.sessions,
    activity,
    policies,
    journal,
    database.journal.lastId,
    publish,
    log,
    clock,
  );
  const appPasswords = createAppPasswords(database.appPasswords, sessions, journal, clock);
  const firstRun = createFirstRun(
    database.state,
    async (account) => (await database.accounts.findById(account)) !== null,
  );
  const issuer = `Sceau (${publicUrl.hostname})`;
  const shared = {
    database,
    hasher,
    totp,
    factors,
    throttle,
    sessions,
    journal,
    policies,
    accessRules,
    clock,
  };
  const keys = createKeyService(database, sessions, policies, journal, publish, clock);
  const identityReset = createIdentityReset({
    resets: database.identityResets,
    conversations: database.conversations,
    keys,
    sessions,
    journal,
    publish,
    clock,
  });
  const deviceLinks = createDeviceLinkService({ links: database.deviceLinks, keys, journal, clock });
  const renewals = createRenewalService({ database, keys, journal, publish, clock });
  const retention = createRetention(database, messageRetention, policies, log, clock);
  const roomSizing = createRoomSizing(database, clock);
  const visibility = createVisibilityService(database, publish);
  const door = createRoomDoor(accessRules, sessions);
  const conversations = createConversationService(database, retention, visibility, door, journal, clock);
  const chains = createChains(database, keys);
  const limits = createSharedLimits();
  const rooms = { conversations, door, chains, keys, limits, publish, clock };
  const voices = createVoices(database, conversations, publish, clock);
  const records = createRecordService({
    ...{ ...rooms, voices, journal, log },
    ...{ records: database.records, offers: database.roomOffers },
  });
  const joining = createJoining({ ...rooms, joinRequests: database.joinRequests });
  const attachments = createAttachments(database, log);
  const messages = createMessageService({
    ...{ database, conversations, attachments, counts, metrics, publish, log, clock },
  });
  const fileUpkeep = createFileUpkeep(database, fileStore, policies, log, clock);
  metrics.registry.gauge(
    "sceau_file_bytes_kept",
    "Bytes of files that are kept.",
    () => fileUpkeep.stored().bytes,
  );
  const files = createFileService({
    ...{ database, store: fileStore, upkeep: fileUpkeep, conversations, policies, counts, metrics, clock },
  });
  const receipts = createReceiptService({ database, conversations, visibility, publish, log, clock });

  const deletion = createDeletion({ ...shared, conversations, records, publish, log });
  const admission = createAdmission(database.invitations, policies, clock);
  const registration = createRegistration({ ...shared, admission, firstRun, issuer });
  const signIn = createSignIn(shared);
  const credentials = createCredentials({ ...shared, signInCodes, issuer });
  const browsers = createBrowsers(database, sessions, journal);
  const enrolment = createEnrolment({ ...shared, issuer });
  const people = createPeople(accounts, keys);

  const reports = createReportService({
    ...{ ...rooms, people },
    ...{ reports: database.reports, warnings: database.warnings },
  });

  const aging = { chain: database.journalChain, policies, journal, clock };
  const addressErasure = createAddressErasure(aging);
  const journalRemoval = createJournalRemoval(aging);
  const admin = createAdminServices({
    queues: () => ({
      messages: messages.waiting(),
      passwords: hasher.queueSize,
      database: database.waiting(),
    }),
    storedFiles: fileUpkeep.stored,
    ...{ ...shared, ...rooms, voices, records, version },
    ...{ connected, isLinked, disk, filesDisk, browsers, deletion, enrolment, announcements, roomSizing },
  });

  return {
    version,
    log,
    publicUrl,
    authSecret: createHmac("sha256", secrets.jwt[0].key).update("next-auth csrf").digest("base64url"),
    tokens: createTokens(secrets.jwt, publicUrl.origin, clock),
    sessions,
    limits,
    takeWrite: createWriteLimit(limits, clock, () => policies.current().writesPerMinute),
    browsers,
    ownJournal: createOwnJournal(database),
    policies,
    accessRules,
    announcements,
    counts,
    adminDoor: createAdminDoor(sessions, accessRules, journal, clock),
    admin,
    firstRun,
    registration,
    signIn,
    stepUp: createStepUp({ accounts, factors, sessions, journal }),
    signInCodes,
    appPasswords,
    credentials,
    enrolment,
    people,
    visibility,
    profile: createProfileService(database, people, throttle, journal, publish),
    keys,
    keyReplacement: createKeyReplacement({ database, keys, journal, clock }),
    renewals,
    identityReset,
    deviceLinks,
    conversations,
    records,
    roomProfiles: createRoomProfiles({ ...rooms, records: database.records }),
    joining,
    roomOffers: createRoomOfferService(database, conversations, journal, publish),
    moderation: createModerationService(database, conversations, publish, clock),
    reports,
    messages,
    erasures: createErasureService(database, conversations, clock),
    files,
    fileUpkeep,
    receipts,
    retention,
    roomSizing,
    metricsPage: createMetricsPage(metrics.registry, metricsAccess),
    otherNodes: createOtherNodes({ database, conversations, sessions, visibility, clock }),
    telemetry: createTelemetry(database, metrics, clock),
    deletion,
    accountData: createAccountData(database.accountData, journal),

    /** @throws when the database does not answer. */
    ping: () => database.ping(),

    isLinked,

    /** By one node of a database at a time. */
    deleteExpired: (): Promise<void> =>
      database.leases.exclusively("cleanup", async () => {
        const steps = [
          registration.deleteExpired,
          signIn.deleteExpired,
          credentials.deleteExpired,
          enrolment.deleteExpired,
          deviceLinks.deleteExpired,
          sessions.deleteEnded,
          admin.people.liftEnded,
          admin.invitations.deleteOld,
          admin.announcements.deleteOld,
          renewals.deleteAbandoned,
          joining.deleteExpired,
          reports.deleteOld,
          throttle.deleteOld,
          records.eraseClosed,
          fileUpkeep.dropOld,
          () => deletion.resume(false),
          addressErasure.run,
          journalRemoval.run,
        ];
        // One that fails keeps no other from its work.
        for (const step of steps)
          await step().catch((error: unknown) => log.warn({ err: error }, "cleanup failed in part"));
      }),

    /** What would hold up everybody when the first one signs in: Prisma's compiler, and its first questions. */
    async warmUp(): Promise<void> {
      await Promise.all([database.accounts.findByName(""), database.challenges.find(new Uint8Array(32), 0)]);
      hasher.warmUp().catch((error) => log.warn({ err: error }, "no hash to compare with yet"));
    },

    /** Finishes what was accepted. */
    async close(): Promise<void> {
      await Promise.all([messages.drain(), receipts.drain(), deletion.drain()]);
      await Promise.all([retention.drain(), roomSizing.drain(), fileUpkeep.drain()]);
      await Promise.all([counts.flush(), activity.flush()]);
      await hasher.close();
    },
  };
}

export type Services = ReturnType<typeof createServices>;
