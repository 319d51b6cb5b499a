import type { AccountId, AppPasswordId, ConversationId, DeviceId, LinkId, SessionId } from "../base/ids.ts";
import type { Suspicion } from "../protocol/http/journal.ts";
import type { OpenFailureCause } from "../protocol/http/telemetry.ts";
import type { Visibility } from "../protocol/visibility.ts";
import type { ExportWords } from "./export/words.ts";

/** Both factors, for what is dangerous. */
export interface StepUpProof {
  readonly password: string;
  readonly code: string;
}

/** What views see of the account: one group of actions for each part of the settings. Each rejects with AppError. */
export interface Account {
  readonly id: AccountId;
  readonly sessions: SessionActions;
  readonly journal: JournalActions;
  readonly keys: KeyActions;
  readonly linking: LinkingActions;
  readonly credentials: CredentialActions;
  readonly profile: ProfileActions;
  readonly export: ExportActions;
  readonly deletion: DeletionActions;
  readonly trust: TrustActions;
}

export interface SessionActions {
  /** For the next five minutes this session may do what is dangerous. */
  stepUp(proof: StepUpProof): Promise<void>;
  /** This one first, then those where somebody is signed in, most recently used first. */
  browsers(): Promise<readonly Browser[]>;
  /** Signs it out, its keys stay. */
  end(browser: Browser): Promise<void>;
  endOthers(): Promise<void>;
  rename(device: DeviceId, name: string): Promise<void>;
  /** Signs it out and takes its way into the vault. Wants a step-up. */
  remove(device: DeviceId): Promise<void>;
  /** @throws AppError "signed-out" */
  left(): Promise<TimeLeft>;
  /** The person is there: the session's idle limit starts afresh. */
  stay(): Promise<TimeLeft>;
}

/** A browser as people think of it: one that holds the keys, one that is signed in, or both. */
export interface Browser {
  /** Stays the same as long as the browser is in the list. */
  readonly key: string;
  /** Null for one that is signed in without keys. */
  readonly device: DeviceId | null;
  /** As the person named it, or what it says of itself. */
  readonly name: string;
  /** Empty when nobody is signed in there. */
  readonly sessions: readonly SessionId[];
  /** Of the session used last; null when there is none. */
  readonly seen: { readonly at: number; readonly address: string; readonly agent: string } | null;
  /** Since when it holds the keys, or is signed in. */
  readonly since: number;
  readonly suspicions: readonly Suspicion[];
  /** Of the session used last: the name of the app password by which it began. */
  readonly appPassword: string | null;
  /** Whether it is this one. */
  readonly here: boolean;
}

/** Milliseconds until this session is over: if nothing more is done in it, and at the latest. */
export interface TimeLeft {
  readonly idle: number;
  readonly absolute: number;
}

export interface JournalEntry {
  readonly id: number;
  readonly at: number;
  readonly event: string;
  readonly outcome: "ok" | "failed" | "throttled" | "suspicious";
  readonly address: string;
  /** "Firefox · Linux". */
  readonly browser: string;
  readonly suspicions: readonly Suspicion[];
  /** Whether this very session did it. */
  readonly here: boolean;
}

export interface JournalActions {
  /** Newest first. @param before the number of an entry */
  page(before?: number): Promise<{ readonly entries: readonly JournalEntry[]; readonly more: boolean }>;
  /** What this session has not been told yet, newest first. */
  notices(): Promise<readonly JournalEntry[]>;
  /** The person has been told everything up to this entry. */
  seen(entry: number): Promise<void>;
}

/** A browser that asks to be linked, as the server saw it. */
export interface Newcomer {
  readonly id: LinkId;
  readonly address: string;
  /** "Firefox · Linux". */
  readonly browser: string;
  /** By this browser's clock, milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Handing the vault to another browser of one's own. Everything but `cancel` needs both factors anew. */
export interface LinkingActions {
  /**
   * @param text what the newcomer's code says. @throws AppError "bad-code" when it is none, "link-expired",
   * "link-mismatch" when somebody else waits in the newcomer's place
   */
  read(text: string): Promise<{ readonly newcomer: Newcomer; confirm(): Promise<void> }>;
  /** Those that wait for symbols to be compared, newest first. */
  newcomers(): Promise<readonly Newcomer[]>;
  /**
   * One try for each newcomer: seven numbers below 64, to be confirmed when its screen shows the same.
   * @throws AppError "conflict" when it was begun before, "link-expired", "link-mismatch"
   */
  compare(
    newcomer: LinkId,
    signal: AbortSignal,
  ): Promise<{ readonly symbols: readonly number[]; confirm(): Promise<void> }>;
  /** For good. */
  cancel(newcomer: LinkId): Promise<void>;
}

interface StartedLink {
  /** By this browser's clock, milliseconds since 1970. */
  readonly expiresAt: number;
  cancel(): Promise<void>;
}

/** This browser asks to be linked, and shows a code that another one reads. */
export interface LinkByCode extends StartedLink {
  readonly code: string;
  /** Resolves when this browser is unlocked. @throws AppError "link-expired", "link-mismatch", "vault-refused" */
  finish(signal: AbortSignal): Promise<void>;
}

/** This browser asks to be linked, and both show symbols. */
export interface LinkBySymbols extends StartedLink {
  /** Resolves when the other browser has begun: seven numbers below 64, and what follows when both show the same. */
  symbols(signal: AbortSignal): Promise<{
    readonly symbols: readonly number[];
    /** Resolves when this browser is unlocked. @throws as that of a code */
    finish(signal: AbortSignal): Promise<void>;
  }>;
}

export interface CredentialStatus {
  readonly email: string | null;
  /** The newest second factor was a sign-in code: the authenticator may be lost. */
  readonly authenticatorMissed: boolean;
  /** How many characters a new password has at least. */
  readonly passwordChars: number;
  /** Null when there is none. `madeAt` in milliseconds since 1970. */
  readonly signInCodes: { readonly left: number; readonly madeAt: number } | null;
}

/** What a program signs in by. Times in milliseconds since 1970. */
export interface AppPasswordStatus {
  /** Whether an administrator lets this person have any. */
  readonly allowed: boolean;
  readonly appPasswords: readonly {
    readonly id: AppPasswordId;
    readonly name: string;
    readonly createdAt: number;
    /** Null for never. */
    readonly lastUsedAt: number | null;
  }[];
}

/** A new authenticator's secret, and the name under which it is confirmed. */
export interface NewAuthenticator {
  readonly replacement: string;
  readonly totpUri: string;
  readonly totpSecret: string;
}

/** What signs the person in. What makes or replaces something wants a step-up, but for `confirmAuthenticator`. */
export interface CredentialActions {
  status(): Promise<CredentialStatus>;
  /** Ends every other session. Keys are untouched: none was ever made from a password. */
  changePassword(password: string): Promise<void>;
  /** Ten new codes, as they are shown; those before are void. */
  makeSignInCodes(): Promise<readonly string[]>;
  appPasswords(): Promise<AppPasswordStatus>;
  /** @returns what is told once. @throws AppError "conflict" for one too many */
  makeAppPassword(name: string): Promise<string>;
  /** Whoever signed in by it is signed out. */
  removeAppPassword(id: AppPasswordId): Promise<void>;
  startAuthenticator(): Promise<NewAuthenticator>;
  /** From now on the new one counts, and every other session has ended. */
  confirmAuthenticator(step: { replacement: string; code: string }): Promise<void>;
}

/** What others see of the person. */
export interface ProfileActions {
  /** What is not named stays as it is. */
  setVisibility(change: Partial<Visibility>): Promise<void>;
  change(profile: { displayName: string; status: string }): Promise<void>;
  /** Null removes it. Wants a step-up. */
  setEmail(email: string | null): Promise<void>;
  /**
   * The middle of a picture as a small square without anything but its pixels; nothing leaves the browser yet.
   * @throws AppError "bad-picture"
   */
  cropPicture(file: Blob): Promise<Blob>;
  /** @param picture as `cropPicture` makes it */
  setPicture(picture: Blob): Promise<void>;
  removePicture(): Promise<void>;
}

export interface ExportProgress {
  readonly conversations: number;
  readonly messages: number;
  /** Messages that could not be opened. */
  readonly unreadable: number;
  /** The server is away; it goes on by itself. */
  readonly waiting: boolean;
}

/** Everything is known that is to be written; nothing of the conversations is fetched yet. */
export interface PreparedExport {
  readonly fileName: string;
  readonly conversations: number;
  readonly messages: number;
  /**
   * A zip, made as it is read: what is not read is not fetched. Ends with AppError when the server refuses, and
   * with the signal's reason when that is aborted.
   */
  open(options: {
    readonly words: ExportWords;
    readonly host: string;
    readonly signal: AbortSignal;
    readonly onProgress: (progress: ExportProgress) => void;
  }): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
}

export interface ExportActions {
  /** @throws AppError "step-up-required" */
  prepare(): Promise<PreparedExport>;
}

export interface KeyActions {
  status(): Promise<KeyStatus>;
  /** As in `status`, from what is known here. */
  recoveryReminder(): Promise<KeyStatus["recoveryReminder"]>;
  /** New keys for everything that comes; interrupted, nothing has changed or it goes on by itself. */
  renew(onStep: (step: RenewalStep) => void): Promise<void>;
  /** Does what is due and tests whether everything opens; the result is in the messenger's state. */
  check(): Promise<void>;
  /** The code opens nothing before `commit`, which wants a step-up; the one before opens the vault until then. */
  prepareRecoveryCode(): Promise<{ recoveryCode: string; commit(): Promise<void> }>;
}

/** Times in milliseconds since 1970. */
export interface KeyStatus {
  readonly renewedAt: number;
  /** Null where keys are never renewed by themselves. */
  readonly nextRenewalAt: number | null;
  /** A renewal waits to be made, as after a browser was removed. */
  readonly renewalDue: boolean;
  readonly recoveryMadeAt: number;
  /** Why a new recovery code would be good: keys were renewed since it was made, or it is older than a year. */
  readonly recoveryReminder: "renewed" | "old" | null;
}

/** Where a renewal of the keys stands. */
export type RenewalStep = "preparing" | "uploading" | "checking" | "replacing";

/** Whether the newest conversations open, after everything that could be repaired was. */
export interface SelfTest {
  readonly at: number;
  /** How many conversations were looked at. */
  readonly tested: number;
  readonly failures: readonly { readonly conversation: ConversationId; readonly cause: OpenFailureCause }[];
}

export interface DeletionActions {
  /**
   * Leaves every conversation and deletes the account, at once and for good; afterwards this page is over.
   * @param name as typed by the person; the server compares
   * @throws AppError "last-administrator", "step-up-required"
   */
  delete(name: string): Promise<void>;
}

/** What there is to compare with a person. */
export interface TrustStanding {
  /** Names the identity that all of this is about; what is done with it is done with exactly this one. */
  readonly offer: string;
  /** Twelve groups of five digits, the same on both sides. */
  readonly number: readonly string[];
  /** For the other's camera. */
  readonly code: string;
  /** Whether the identity is not the one that was accepted here. */
  readonly changed: boolean;
  /** When the number of the accepted one was compared; null while it was not. */
  readonly verifiedAt: number | null;
}

export interface TrustActions {
  standing(person: AccountId): Promise<TrustStanding>;
  /** Whether what the camera read is that person's own code. @throws AppError "bad-code" when it is no such code */
  matches(person: AccountId, offer: string, text: string): Promise<boolean>;
  /** The person compared the numbers. @throws AppError "conflict" when another identity is accepted by now */
  verify(person: AccountId, offer: string): Promise<void>;
  unverify(person: AccountId, offer: string): Promise<void>;
  /** Goes on writing with a changed identity: the key of the conversation changes first. */
  accept(person: AccountId, offer: string): Promise<void>;
}
