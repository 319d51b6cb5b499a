import type { AccountId, ConversationId, MessageId, ReportId, WarningId } from "../base/ids.ts";
import type { ReportReason } from "../crypto/report.ts";
import type { Measure, ReportAudience, ReportDecision } from "../protocol/http/reports.ts";
import type { Version } from "./model-messages.ts";
import type { Person } from "./model-person.ts";

/** Reports of messages as views see them. */

export type { Measure, ReportAudience, ReportDecision, ReportReason };

/** To whom a report about somebody can go. Neither oneself nor that person is among them. */
export type Audiences = Readonly<Record<ReportAudience, readonly Person[]>>;

export interface NewReport {
  readonly conversation: ConversationId;
  /** Of the reported message, which is loaded. */
  readonly seq: number;
  readonly audience: ReportAudience;
  readonly reason: ReportReason;
  readonly note: string;
  /** Whether messages around it are shown as well. */
  readonly around: boolean;
}

/**
 * Whether a message is its sender's: signed under the identity that this browser knows of them, well signed under
 * another one, or not signed by them at all.
 */
export type Proof = "proven" | "other-identity" | "forged";

export interface ReportedMessage {
  readonly id: MessageId;
  /** Where it stands: the reporter's word. */
  readonly seq: number;
  readonly sender: Person;
  readonly proof: Proof;
  /** As it was first sent, then after each edit that was shown; by the sender's clock. Empty for what says nothing. */
  readonly words: readonly Version[];
  /** The message and those of its edits that were shown. */
  readonly parts: readonly MessageId[];
}

export interface OpenedReport {
  readonly reason: ReportReason;
  readonly note: string;
  /** Whether the reporter signed all of this. */
  readonly signed: boolean;
  readonly message: ReportedMessage;
  /** Before and after it, in their order. */
  readonly around: readonly ReportedMessage[];
}

export interface ReceivedReport {
  readonly id: ReportId;
  readonly conversation: ConversationId;
  readonly reporter: Person;
  readonly at: number;
  /** Null while nobody has decided. */
  readonly decision: {
    readonly outcome: ReportDecision;
    readonly by: AccountId | null;
    readonly at: number;
    /** What was done with it. */
    readonly measure: Measure | null;
    readonly erased: boolean;
  } | null;
  /** Null where one's keys do not open it any more. */
  readonly opened: OpenedReport | null;
}

export interface OwnReport {
  readonly id: ReportId;
  readonly conversation: ConversationId;
  readonly audience: ReportAudience;
  readonly at: number;
  readonly decision: ReportDecision | null;
  /** Whether one was told of the decision. */
  readonly seen: boolean;
}

/** What those who run the server do about a message, as they decide. */
export interface Acting {
  readonly about: AccountId;
  readonly measure: Measure | null;
  /** Told to that person. */
  readonly text: string;
  /** Milliseconds since 1970; null until somebody lifts it. */
  readonly until: number | null;
  /** Erased from the server. */
  readonly messages: readonly MessageId[];
}

export interface Warning {
  readonly id: WarningId;
  readonly at: number;
  readonly text: string;
}

/** What waits for one's decision, and what one was not told of yet. */
export interface WaitingReports {
  /** Whether one is of those who run the server. */
  readonly steward: boolean;
  /** How many by room; null stands for what goes to those who run the server. */
  readonly open: ReadonlyMap<ConversationId | null, number>;
  readonly outcomes: number;
  /** What those who run the server say to oneself. */
  readonly warnings: readonly Warning[];
}

/** Reporting messages, and what becomes of it; its code comes with the first call. Each rejects with AppError. */
export interface Reports {
  audiences(conversation: ConversationId, about: AccountId): Promise<Audiences>;
  /** @throws AppError "not-found" where the message is not loaded or not opened, or nobody is left who would get it */
  send(report: NewReport): Promise<void>;
  /**
   * Undecided ones first, then newest first.
   * @param conversation null for what goes to those who run the server
   */
  received(
    conversation: ConversationId | null,
    before?: ReportId,
  ): Promise<{ readonly reports: readonly ReceivedReport[]; readonly more: boolean }>;
  /** @throws AppError "conflict" when somebody was faster */
  decide(report: ReportId, decision: ReportDecision): Promise<void>;
  /**
   * Decides and does something at once.
   * @throws AppError "conflict" when somebody was faster, "not-found" where the person is gone or out of reach,
   * "step-up-required", "last-administrator"
   */
  act(report: ReportId, acting: Acting): Promise<void>;
  waiting(): Promise<WaitingReports>;
  own(): Promise<readonly OwnReport[]>;
  markSeen(): Promise<void>;
  readWarning(warning: WarningId): Promise<void>;
}
