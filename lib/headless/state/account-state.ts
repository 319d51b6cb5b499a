import type { Bytes } from "../../base/bytes.ts";
import { fromBase64url, toBase64url } from "../../base/encoding.ts";
import type { AccountId, ConversationId, DeviceId, MessageId } from "../../base/ids.ts";
import type { SeenHead } from "../../client/platform.ts";
import type { BoxSeed } from "../../crypto/keys.ts";
import type { SealedEnvelope } from "../../crypto/message.ts";
import type { ErrorCode } from "../../protocol/errors.ts";

/** Everything that one account keeps on this machine; sealed as a whole. */
export interface AccountState {
  readonly version: 1;
  readonly origin: string;
  /** As it signs in. */
  readonly name: string;
  readonly certificates: string | null;
  readonly madeAt: number;
  cookies: Record<string, string>;
  device: KeptDevice | null;
  /** The secret of the local key. */
  localKey: Bytes | null;
  prepared: { readonly local: KeptDevice; readonly published: object; readonly sealedCode: Bytes } | null;
  /** By conversation: the sequence number used last. */
  sequences: Record<string, number>;
  outbox: KeptMessage[];
  counters: Record<string, number>;
  /** By conversation: the newest record that was accepted. */
  heads: Record<string, SeenHead>;
  drafts: Record<string, Bytes>;
  /** How far each conversation was told to whoever listens. */
  told: Record<string, Told>;
}

export interface KeptKey {
  readonly seed: BoxSeed;
  readonly vaultKeyVersion: number;
}

export interface KeptDevice extends KeptKey {
  readonly account: AccountId;
  readonly device: DeviceId;
  readonly identityKey: Bytes;
  readonly pending: KeptKey | null;
}

export interface KeptMessage {
  readonly message: MessageId;
  readonly conversation: ConversationId;
  readonly envelope: SealedEnvelope;
  readonly queuedAt: number;
  readonly owner: string;
  readonly failure: ErrorCode | null;
  /** As in OutboxEntry. */
  readonly scheduled?: MessageId | null;
  readonly mayBeStored?: boolean;
}

/** Of one conversation, what the events said last. */
export interface Told {
  readonly seq: number;
  readonly record: number;
  /** The last "room" event's content as JSON, empty before the first; and how many there were. */
  readonly room: string;
  readonly rooms: number;
  /** By account: delivered and read. */
  readonly positions: Readonly<Record<string, readonly [delivered: number, read: number]>>;
}

export const NOTHING_TOLD: Told = { seq: 0, record: 0, room: "", rooms: 0, positions: {} };

export function newAccountState(
  { origin, name, certificates }: Pick<AccountState, "origin" | "name" | "certificates">,
  madeAt: number,
): AccountState {
  return {
    version: 1,
    ...{ origin, name, certificates },
    madeAt,
    cookies: {},
    device: null,
    localKey: null,
    prepared: null,
    sequences: {},
    outbox: [],
    counters: {},
    heads: {},
    drafts: {},
    told: {},
  };
}

const BYTES = "$bytes";

export function encodeState(state: AccountState): string {
  return JSON.stringify(state, (_, value) =>
    value instanceof Uint8Array ? { [BYTES]: toBase64url(value) } : value,
  );
}

/** @returns null for what this version does not know */
export function decodeState(text: string): AccountState | null {
  const state: unknown = JSON.parse(text, (_, value) =>
    typeof value?.[BYTES] === "string" ? fromBase64url(value[BYTES]) : value,
  );
  if ((state as AccountState).version !== 1) return null;
  // A file from before heads were kept has none.
  return { ...(state as AccountState), heads: (state as Partial<AccountState>).heads ?? {} };
}
