/** The words of an export, and how the person's language writes times. */
export interface ExportWords {
  /** A language tag, for the pages. */
  readonly locale: string;
  readonly t: (key: ExportText, parameters?: Readonly<Record<string, string | number>>) => string;
  /** "Saturday 21 November 2026" */
  readonly day: (at: number) => string;
  /** "14:05" */
  readonly clock: (at: number) => string;
  /** Both, nothing left out. */
  readonly exact: (at: number) => string;
}

export type ExportText =
  | "people.deleted"
  | "timeline.deleted"
  | "unreadable.waiting-for-key"
  | "unreadable.earlier-keys"
  | "unreadable.unknown-sender"
  | "unreadable.unaccepted-identity"
  | "unreadable.bad-signature"
  | "unreadable.malformed"
  | "export.title"
  | "export.of"
  | "export.back"
  | "export.conversations"
  | "export.none"
  | "export.closed"
  | "export.counts"
  | "export.unreadable"
  | "export.broken"
  | "export.mismatch"
  | "export.account"
  | "export.accountBody"
  | "export.name"
  | "export.displayName"
  | "export.status"
  | "export.email"
  | "export.since"
  | "export.devices"
  | "export.sessions"
  | "export.unknownSender"
  | "export.edited"
  | "export.deleted"
  | "export.reacted"
  | "export.unreacted"
  | "export.voted"
  | "export.unvoted"
  | "export.ignored"
  | "export.poll"
  | "export.file"
  | "export.forwarded"
  | "export.reply"
  | "export.thread"
  | "export.named";
