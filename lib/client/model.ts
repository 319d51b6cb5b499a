import type { AccountId, ConversationId, MessageId } from "../base/ids.ts";
import type { Announcement } from "../protocol/announcements.ts";
import type { Content } from "../protocol/content.ts";
import type { ConversationType } from "../protocol/layout/record.ts";
import type { Role } from "../protocol/roles.ts";
import type { Presence, Visibility } from "../protocol/visibility.ts";
import type { Account, LinkByCode, LinkBySymbols, SelfTest, StepUpProof } from "./model-account.ts";
import type { Files, Upload } from "./model-files.ts";
import type { Line } from "./model-lines.ts";
import type { Message, Positions } from "./model-messages.ts";
import type { ConversationNotes, Drafts, Notes, Settings } from "./model-notes.ts";
import type { Person } from "./model-person.ts";
import type { Reports } from "./model-reports.ts";
import type { RoomStanding, Rooms, Waiting } from "./model-rooms.ts";
import type { Search } from "./model-search.ts";

export type { Line } from "./model-lines.ts";
export type { DeliveryState, Message, OpenFailure } from "./model-messages.ts";
export { type Person, personOf } from "./model-person.ts";

/** What views see of the messenger: plain, immutable values. A change makes new objects along its path only. */

/** Where this browser stands between opening the page and reading messages. */
export type Phase =
  | "starting"
  | "signed-out"
  /** The account has no keys yet: they are made at /keys. */
  | "keyless"
  /** The account has keys, this browser does not: the recovery code opens them at /recover. */
  | "locked"
  | "ready"
  /** The account was deleted here: there is nothing any more. */
  | "deleted";

export type Connection =
  | "connecting"
  | "online"
  | "offline"
  /** The access rules let nobody in from here: it is tried again, seldom. */
  | "refused";

/**
 * Something is wrong enough to say so above the conversation. "broken-record" and "living-owner" (somebody took the room over
 * for whose owner the server now says something else) stop sending, "identity-changed" does
 * between two people; in a room where a key would have to be sealed to that person, or has come from there.
 */
export type ConversationAlert =
  | "identity-changed"
  | "history-mismatch"
  | "device-copied"
  | "broken-record"
  | "living-owner";

export interface Conversation {
  readonly id: ConversationId;
  readonly kind: ConversationType;
  /** Of a conversation of two, the other one; null for a room. */
  readonly peer: Person | null;
  /** Null for a conversation of two. */
  readonly room: RoomStanding | null;
  /** Messages by others that were not seen yet: exact up to 99, from there on at least that many. */
  readonly unread: number;
  /** How many of those name this person, as far as they are loaded. */
  readonly mentions: number;
  /** The newest message, for the list; null while empty or not opened yet. */
  readonly newest: Message | null;
  /** Of two, with somebody whom this person has blocked: in no list. */
  readonly blocked: boolean;
  /** Orders the list, newest first. */
  readonly activeAt: number;
  /** How long messages live here by its own, signed policy; 0 for ever. The server's limit may be shorter. */
  readonly retentionSeconds: number;
  readonly alert: ConversationAlert | null;
  /** Whose identity changed, with that alert. */
  readonly alertPerson: AccountId | null;
  /**
   * Until when one may not write: a room's moderators, or those who run the server, do not let one. Null for who may. The
   * server's word.
   */
  readonly mutedUntil: number | null;
  /**
   * Whether writing is possible now: not after the peer left or while they are blocked, where an alert stops it, where the room's policy or a
   * moderator does not let one.
   */
  readonly canSend: boolean;
}

export interface Timeline {
  readonly state: "loading" | "ready" | "failed";
  /** Oldest first: stored ones by seq without gaps, then, after the newest, the unsent ones in order of writing. */
  readonly messages: readonly Message[];
  readonly hasOlder: boolean;
  readonly older: "idle" | "loading" | "failed";
  /** Whether this is a window somewhere in the past: the newest messages are not among these. */
  readonly hasNewer: boolean;
  readonly newer: "idle" | "loading" | "failed";
  /** seq after which messages are unread; when the conversation is opened, the first of them is among these. */
  readonly unreadAfter: number;
  /** What happened between these messages, in order. */
  readonly lines: readonly Line[];
  /** Of the messages that the room pins those that are loaded and can be read, the latest pin first. */
  readonly pinned: readonly Message[];
}

export interface MessengerState {
  readonly phase: Phase;
  readonly connection: Connection;
  readonly me: Person | null;
  /** What oneself is on this server; "member" until it is known. */
  readonly role: Role;
  /** Null while the list is loading. Newest activity first. */
  readonly conversations: readonly Conversation[] | null;
  /** Everybody who is named anywhere in the conversations here, oneself too. */
  readonly people: ReadonlyMap<AccountId, Person>;
  /** Rooms that one has asked to enter. */
  readonly waiting: readonly Waiting[];
  /** People whose safety number was compared. */
  readonly verified: ReadonlySet<AccountId>;
  /** How long the server keeps any message, in seconds; 0 without end. Its word. */
  readonly longestRetention: number;
  /** Bytes of the largest file that it takes; 0 where it takes none. */
  readonly largestFile: number;
  /** What the newest self-test found; null before the first one ended. */
  readonly selfTest: SelfTest | null;
  /** Only the timelines that were opened. */
  readonly timelines: ReadonlyMap<ConversationId, Timeline>;
  /** One's own messages whose files are on their way from here, in order. */
  readonly uploads: readonly Upload[];
  /** What whoever runs the server tells everybody now. */
  readonly announcements: readonly Announcement[];
  /** How often the server has said that something happened to the account. */
  readonly news: number;
  /** What one keeps for oneself about conversations; only where there is something, and not at once after the start. */
  readonly notes: ReadonlyMap<ConversationId, ConversationNotes>;
  readonly settings: Settings;
  /** What one lets others see of oneself; null until it is known. */
  readonly visibility: Visibility | null;
  /** Of those who are looked at, as far as the server has said. */
  readonly presences: ReadonlyMap<AccountId, Presence>;
  /** Who else is writing in the conversation that is looked at. */
  readonly writing: readonly AccountId[];
}

/** What a view looks at: people whose presence it shows, an open conversation in which people write. */
export interface Watched {
  readonly people?: readonly AccountId[];
  readonly conversation?: ConversationId;
}

/** The messenger without a face. Actions that can be refused reject with AppError. */
export interface Messenger {
  readonly getState: () => MessengerState;
  readonly subscribe: (listener: () => void) => () => void;
  start(): Promise<void>;
  stop(): void;
  /** Loads the newest page and what is around the first unread message (once), and keeps it current; idempotent. */
  openConversation(conversation: ConversationId): Promise<void>;
  /** Loads the message with this number and what stands around it; resolves when it is in the state. */
  reveal(conversation: ConversationId, seq: number): Promise<void>;
  /** Prepends one older page of 50; resolves when it is in the state. */
  loadOlder(conversation: ConversationId): Promise<void>;
  /** Appends one newer page to a window in the past; resolves when it is in the state. */
  loadNewer(conversation: ConversationId): Promise<void>;
  /** From a window in the past to the newest messages. */
  toNewest(conversation: ConversationId): void;
  /** Fetches so many of the messages that a room pins, from the latest pin on, as far as they can be read. */
  loadPinned(conversation: ConversationId, most: number): Promise<void>;
  /** How far everybody else is known to have received and read, and since when. Empty for nobody known. */
  positions(conversation: ConversationId): ReadonlyMap<AccountId, Positions>;
  /** Asks for them: in a large room nobody is told. */
  refreshPositions(conversation: ConversationId): Promise<void>;
  /** Keeps presences and who writes in the state; its code comes with the first call. @returns what ends it */
  watch(watched: Watched): () => void;
  /** One is writing there; may be called at every key. */
  writes(conversation: ConversationId): void;
  /** Everything shown has been seen: moves the read position to the newest stored message. */
  markRead(conversation: ConversationId): void;
  /** Shows at once as pending; the returned promise ends when it is safely queued on this device. */
  send(conversation: ConversationId, content: Content): Promise<void>;
  drafts(): Promise<Drafts>;
  /** What one keeps for oneself; its code comes with the first call. */
  notes(): Promise<Notes>;
  retry(conversation: ConversationId, message: MessageId): Promise<void>;
  discard(conversation: ConversationId, message: MessageId): Promise<void>;
  findPeople(query: string): Promise<readonly Person[]>;
  /** Finds or creates the one conversation with this person. */
  startDirect(person: Person): Promise<ConversationId>;
  /**
   * Messages of the conversation, those that are there too, disappear after so many seconds; 0 keeps them. For both of
   * two, and a room's owners.
   * @throws AppError "not-found" for anybody else
   */
  setRetention(conversation: ConversationId, seconds: number): Promise<void>;
  /** What is done with rooms; its code comes with the first call. */
  rooms(): Promise<Rooms>;
  /** Showing messages to those who may do something about them; its code comes with the first call. */
  reports(): Promise<Reports>;
  /** Sending and opening files; its code comes with the first call. */
  files(): Promise<Files>;
  /** Finding messages; its code comes with the first call. */
  search(): Promise<Search>;
  /** What the settings do; its code comes with the first call. */
  account(): Promise<Account>;
  /** Ends the session here. `forget` also erases this browser's keys and unsent messages. */
  signOut(options: { forget: boolean }): Promise<void>;
}

/** Registration and sign-in, step by step. Each rejects with AppError. */
export interface Entrance {
  startRegistration(form: {
    name: string;
    displayName: string;
    password: string;
    email?: string;
    /** From an invitation's link. */
    invitation?: string;
    /** From the first-run link; makes the administrator's account. */
    firstRunToken?: string;
  }): Promise<{ registration: string; totpUri: string; totpSecret: string }>;
  /** The account exists, and this browser is signed in, after the first right code. */
  confirmRegistration(step: { registration: string; code: string }): Promise<void>;
  startSignIn(form: { name: string; password: string }): Promise<{ challenge: string }>;
  confirmSignIn(step: { challenge: string; code: string }): Promise<void>;
  /** A new authenticator by an administrator's link, and the password. Nobody is signed in by it. */
  startEnrolment(form: {
    enrolment: string;
    password: string;
  }): Promise<{ replacement: string; totpUri: string; totpSecret: string }>;
  /** The link is used up by the first right code. */
  confirmEnrolment(step: { enrolment: string; replacement: string; code: string }): Promise<void>;
  /** Which page this browser belongs on now. */
  whereTo(): Promise<"sign-in" | "keys" | "recover" | "messenger">;
  /** Makes all keys, once: the same until `commit`, before which nothing leaves this browser. */
  prepareKeys(): Promise<{ recoveryCode: string; commit(): Promise<void> }>;
  /** @throws AppError "bad-code" when the code is mistyped (checksum) or does not open this account's vault. */
  recover(recoveryCode: string): Promise<void>;
  /**
   * All is lost: makes new keys in memory. `commit` puts them in place of the old ones, for good.
   * @param name the person's own sign-in name, typed, so that nobody gets here by pressing on
   * @throws AppError "bad-credentials" for another name; "step-up-required" at the commit
   */
  prepareReset(name: string): Promise<{ recoveryCode: string; commit(): Promise<void> }>;
  /** Asks another browser of the account for the vault: with a code that it reads, or symbols that are compared. */
  linkByCode(): Promise<LinkByCode>;
  linkBySymbols(): Promise<LinkBySymbols>;
  /** Both factors once more, before something dangerous that is done from here. */
  stepUp(proof: StepUpProof): Promise<void>;
  signOut(): Promise<void>;
  /** Also erases this browser's keys and unsent messages. */
  forget(): Promise<void>;
}
