import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { type Bytes, concat } from "../../../lib/base/bytes.ts";
import {
  type AccountId,
  type ConversationId,
  idToBytes,
  newId,
  type SessionId,
} from "../../../lib/base/ids.ts";
import { boxListEntry } from "../../../lib/crypto/box-list.ts";
import { issueCertificate } from "../../../lib/crypto/certificate.ts";
import { startsKeyEpoch } from "../../../lib/crypto/chain.ts";
import type { ChainState } from "../../../lib/crypto/chain-state.ts";
import { directConversationId } from "../../../lib/crypto/direct-conversation.ts";
import { applyChanges } from "../../../lib/crypto/members.ts";
import {
  continueConversation,
  createConversation,
  type RecordDraft,
  type SignedRecord,
} from "../../../lib/crypto/record.ts";
import { signRoomProfile } from "../../../lib/crypto/room-profile.ts";
import { newPerson, type Person } from "../../../lib/crypto/testing/people.ts";
import { asMembers, WEEK_POLICY } from "../../../lib/crypto/testing/rooms.ts";
import { keyId } from "../../../lib/crypto/verify.ts";
import { encodeBoxHeader } from "../../../lib/protocol/layout/box.ts";
import { KEY_TYPE } from "../../../lib/protocol/layout/certificate.ts";
import { encodeEnvelopeHeader, MIN_ENVELOPE_BYTES } from "../../../lib/protocol/layout/envelope.ts";
import type { MemberChange, Role } from "../../../lib/protocol/layout/member-change.ts";
import type { Policy } from "../../../lib/protocol/layout/policy.ts";
import type { ConversationType } from "../../../lib/protocol/layout/record.ts";
import { encodeSealedRoomProfile } from "../../../lib/protocol/layout/room-profile.ts";
import { encodeRoomProfileJson } from "../../../lib/protocol/room-profile.ts";
import { openDatabase } from "../../database/database.ts";
import { startEmbeddedDatabase } from "../../database/embedded/embedded-database.ts";
import { migrate } from "../../database/migrate.ts";
import { createFileStore } from "../../files/file-store.ts";
import type { Secrets } from "../../secrets.ts";
import { createServerMetrics } from "../../server-metrics.ts";
import type { ServerEvent } from "../publish.ts";
import type { Box } from "../records.ts";
import { createServices } from "../services.ts";
import type { Session } from "../sessions.ts";

export const CLIENT = { address: "192.0.2.1", agent: "test" };
const SECRET = new Uint8Array(32).map((_, i) => i * 7) as Bytes;
const SECRETS: Secrets = {
  jwt: [{ kid: "k", key: SECRET }],
  pepper: [{ version: 1, key: SECRET }],
  totp: [{ version: 1, key: SECRET }],
};

/** An account with keys, as its one browser knows it. */
export interface Resident extends Person {
  readonly session: Session;
  readonly transportKeyId: Bytes;
}

export interface TestRoom {
  readonly id: ConversationId;
  readonly state: ChainState;
}

export type RoomWorld = Awaited<ReturnType<typeof openRoomWorld>>;

interface WorldOptions {
  readonly messageRetention?: number;
  /** Whose server starts on it later; without it one that goes when the world closes. */
  readonly dataFolder?: string;
  readonly secrets?: Secrets;
  readonly origin?: string;
}

/** Every service over a database of its own. Boxes carry nothing: the server cannot tell. */
export async function openRoomWorld(options: WorldOptions = {}) {
  const { messageRetention = 0, secrets = SECRETS, origin = "https://sceau.example" } = options;
  const log = pino({ level: "silent" });
  const folder = options.dataFolder ?? mkdtempSync(join(tmpdir(), "rooms-test-"));
  const embedded = await startEmbeddedDatabase({ dataFolder: folder, bufferPoolMegabytes: 64, log });
  await migrate(embedded, join(import.meta.dirname, "..", "..", "..", "prisma", "migrations"), log);
  const database = openDatabase(embedded, 8);
  const events: ServerEvent[] = [];
  let now = Date.now();
  let freeBytes = Number.MAX_SAFE_INTEGER;
  const services = createServices({
    database,
    fileStore: createFileStore(join(folder, "files"), async () => freeBytes),
    secrets,
    publicUrl: new URL(origin),
    version: "test",
    messageRetention,
    metrics: createServerMetrics(),
    metricsAccess: { allow: [] },
    publish: (event) => void events.push(event),
    connected: () => ({ people: 0, sockets: 0 }),
    isLinked: () => null,
    disk: async () => null,
    filesDisk: async () => null,
    log,
    clock: () => now,
  });

  async function settle(person: Person): Promise<Resident> {
    const [resident] = await settleAll([person]);
    return resident as Resident;
  }

  async function settleAll(people: readonly Person[]): Promise<Resident[]> {
    const at = new Date(now);
    const rows = await Promise.all(
      people.map(async ({ account, key, certificate, identity, transport }) => ({
        id: Buffer.from(idToBytes(account)),
        name: Buffer.from(idToBytes(account)).toString("hex"),
        identity: Buffer.from(identity.publicKey),
        signing: Buffer.from(certificate),
        transport: Buffer.from(
          await issueCertificate(key, {
            account,
            keyType: "transport",
            epoch: 1,
            publicKey: transport.publicKey,
            notBefore: 0,
          }),
        ),
      })),
    );
    const { pool } = database;
    await pool.batch(
      "INSERT INTO account (id, name, display_name, role, password_hash, pepper_version, totp_secret, totp_key_version, totp_last_step, created_at) VALUES (?, ?, 'Test', 'member', '', 1, '', 1, 0, ?)",
      rows.map(({ id, name }) => [id, name, at]),
    );
    await pool.batch(
      "INSERT INTO identity (account_id, public_key, vault_key_version, created_at) VALUES (?, ?, 1, ?)",
      rows.map(({ id, identity }) => [id, identity, at]),
    );
    await pool.batch(
      "INSERT INTO certificate (account_id, key_type, epoch, bytes, created_at) VALUES (?, ?, 1, ?, ?)",
      rows.flatMap(({ id, signing, transport }) => [
        [id, KEY_TYPE.encode("signing"), signing, at],
        [id, KEY_TYPE.encode("transport"), transport, at],
      ]),
    );
    return Promise.all(
      people.map(async (person) => ({
        ...person,
        session: { id: newId<SessionId>(), accountId: person.account } as Session,
        transportKeyId: await keyId(person.transport.publicKey),
      })),
    );
  }

  async function append(author: Resident, room: TestRoom, record: SignedRecord, boxes: readonly Box[]) {
    await services.records.append(author.session, room.id, { record: record.bytes, boxes }, CLIENT);
    return { ...room, state: record.state };
  }

  return {
    services,
    database,
    events,
    append,
    now: () => now,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    /** Where sealed files lie, and how many bytes there is room for. */
    filesFolder: join(folder, "files"),
    leaveFree: (bytes: number) => {
      freeBytes = bytes;
    },
    settleAll,
    newResident: async () => settle(await newPerson()),

    /** @param people the first of them writes it; a direct conversation has two, both owners */
    async createRoom(
      people: readonly (readonly [Resident, Role])[],
      options: { type?: ConversationType; policy?: Partial<Policy>; name?: string; topic?: string } = {},
    ): Promise<TestRoom> {
      const [author] = people.map(([person]) => person);
      if (!author) throw new Error("a room has members");
      const { type = "private-room", name = "Garden", topic = "" } = options;
      const other = people[1]?.[0] ?? author;
      const id =
        type === "direct"
          ? await directConversationId(author.account, other.account)
          : newId<ConversationId>(now);
      const boxes = people.map(([person]) => emptyBox(person));
      const created = await createConversation(
        {
          conversation: id,
          type,
          members: asMembers(people),
          policy: { ...WEEK_POLICY, ...options.policy },
          keyCommitment: commitment(id, 1),
          boxes: await entriesOf(boxes, 1),
          time: now,
        },
        author,
      );
      const { state } = created;
      const profiles = {
        direct: async () => undefined,
        "private-room": async () => sealedProfile(1, 1),
        "public-room": () => publicProfile(author, state, 1, name, topic),
      };
      const profile = await profiles[type]();
      await services.records.create(author.session, { record: created.bytes, boxes, profile });
      return { id, state };
    },

    /** The next record, stored: boxes go to whomever the protocol names. */
    async change(
      author: Resident,
      room: TestRoom,
      draft: Omit<RecordDraft, "time" | "boxes" | "keyCommitment">,
      people: readonly Resident[],
    ): Promise<TestRoom> {
      const { record, boxes } = await nextRecord(author, room.state, draft, people);
      return append(author, room, record, boxes);
    },

    async send(sender: Resident, { id, state }: TestRoom): Promise<number> {
      const { seq } = await services.messages.send(sender.session, newEnvelope(sender, state), CLIENT, {
        connection: "test",
        request: 1,
      });
      if (state.conversation !== id) throw new Error("another room");
      return seq;
    },

    async close() {
      await services.close();
      await database.close();
      await embedded.stop();
      if (!options.dataFolder) rmSync(folder, { recursive: true });
    },
  };
}

/** A record and its boxes, not sent yet. `people` are those who may need one. */
export async function nextRecord(
  author: Resident,
  state: ChainState,
  draft: Omit<RecordDraft, "time" | "boxes" | "keyCommitment">,
  people: readonly Resident[],
): Promise<{ record: SignedRecord; boxes: readonly Box[] }> {
  const changes = draft.changes ?? [];
  const begins = startsKeyEpoch({ ...draft, changes, author: author.account });
  const keyEpoch = state.keyEpoch + (begins ? 1 : 0);
  const after = applyChanges(state.members, changes);
  const added = new Set(changes.map(({ account }) => account));
  const boxes = people
    .filter(({ account }) => (begins ? after.has(account) : draft.kind === "add" && added.has(account)))
    .map(emptyBox);
  const record = await continueConversation(
    state,
    {
      ...draft,
      boxes: await entriesOf(boxes, keyEpoch),
      time: 2,
      ...(begins && { keyCommitment: commitment(state.conversation, keyEpoch) }),
    },
    author,
  );
  return { record, boxes };
}

export function emptyBox({ account, transportKeyId }: Resident): { account: AccountId; box: Bytes } {
  const header = encodeBoxHeader("conversation-key", transportKeyId);
  return { account, box: concat(header, new Uint8Array(randomBytes(1120 + 48))) };
}

export function entriesOf(boxes: readonly Box[], keyEpoch: number) {
  return Promise.all(boxes.map((box) => boxListEntry(box.account, box.keyEpoch ?? keyEpoch, box.box)));
}

export function commitment(conversation: ConversationId, keyEpoch: number): Bytes {
  return new Uint8Array(createHash("sha256").update(`${conversation} ${keyEpoch} ${Math.random()}`).digest());
}

export function sealedProfile(keyEpoch: number, revision: number): Bytes {
  const [salt, ciphertext] = [new Uint8Array(randomBytes(32)), new Uint8Array(randomBytes(272))];
  return encodeSealedRoomProfile({ keyEpoch, revision, salt, ciphertext });
}

export function publicProfile(
  author: Person,
  { conversation, head }: ChainState,
  revision: number,
  name: string,
  topic = "",
): Promise<Bytes> {
  const json = encodeRoomProfileJson({ name, topic, pins: [], invitations: [] });
  return signRoomProfile(author.key, {
    conversation,
    author: author.account,
    recordHash: head,
    revision,
    json,
  });
}

export const added = ({ account, certificateHash }: Person): MemberChange => ({
  operation: "add",
  account,
  role: "member",
  certificateHash,
});
export const ranked = (person: Person, role: Role): MemberChange => ({
  operation: "update",
  account: person.account,
  role,
  certificateHash: person.certificateHash,
});
export const gone = (operation: "remove" | "ban" | "lift", { account }: Person): MemberChange => ({
  operation,
  account,
});

export function newEnvelope({ account }: Person, { conversation, keyEpoch, head }: ChainState): Bytes {
  const header = encodeEnvelopeHeader({
    kind: "message",
    conversation,
    sender: account,
    message: newId(),
    keyEpoch,
    recordHash: head,
    salt: new Uint8Array(randomBytes(32)),
  });
  return concat(header, new Uint8Array(randomBytes(MIN_ENVELOPE_BYTES - header.length)));
}
