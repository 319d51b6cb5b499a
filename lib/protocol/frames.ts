import * as z from "zod/mini";
import { type Bytes, concat, fromUtf8, putU32, putU64, u8, u32, utf8 } from "../base/bytes.ts";
import { ByteReader, LayoutError } from "../base/fields.ts";
import { type AccountId, type ConversationId, type FileId, idToBytes } from "../base/ids.ts";
import { announcement } from "./announcements.ts";
import { type ErrorCode, isErrorCode } from "./errors.ts";
import { counter, id } from "./fields.ts";
import type { VaultEntryId } from "./layout/vault-entry.ts";
import { LIMITS } from "./limits.ts";
import { person } from "./person.ts";
import { serverStanding } from "./retention.ts";
import { presence, visibility } from "./visibility.ts";

/**
 * Frames of the socket at /api/socket. Messages and their receipts from the server are binary, because they
 * are the hot path and the envelope is bytes anyway; everything else is JSON text.
 *
 *     1 send     client -> server   u32 request ‖ envelope
 *     2 stored   server -> client   u32 request ‖ u64 seq ‖ u64 storedAt
 *     3 refused  server -> client   u32 request ‖ error code in ASCII
 *     4 message  server -> client   u64 seq ‖ u64 storedAt ‖ envelope
 *     5 send     client -> server   u32 request ‖ u8 count ‖ file id (16) × count ‖ envelope; of a message with files
 *
 * A history page is a run of `u32 length ‖ (u64 seq ‖ u64 storedAt ‖ envelope)`.
 */
export const SOCKET_PATH = "/api/socket";

const TYPE = { send: 1, stored: 2, refused: 3, message: 4, sendFiles: 5 } as const;
const STORED_BYTES = 1 + 4 + 8 + 8;
/** Before the envelope of a stored message. */
const STORED_HEADER_BYTES = 8 + 8;

/** A message as the server hands it out. `storedAt` in milliseconds since 1970, by the server's clock. */
export interface StoredMessage {
  readonly seq: number;
  readonly storedAt: number;
  readonly envelope: Bytes;
}

export interface ClientBinaryFrame {
  readonly type: "send";
  readonly request: number;
  readonly envelope: Bytes;
  /** What the message holds; of most there are none. */
  readonly files: readonly FileId[];
}

export type ServerBinaryFrame =
  | { readonly type: "stored"; readonly request: number; readonly seq: number; readonly storedAt: number }
  | { readonly type: "refused"; readonly request: number; readonly code: ErrorCode }
  | ({ readonly type: "message" } & StoredMessage);

export function encodeSend(request: number, envelope: Uint8Array, files: readonly FileId[] = []): Bytes {
  if (files.length === 0) return concat(u8(TYPE.send), u32(request), envelope);
  return concat(u8(TYPE.sendFiles), u32(request), u8(files.length), ...files.map(idToBytes), envelope);
}

export function encodeStored(request: number, seq: number, storedAt: number): Bytes {
  const frame = new Uint8Array(STORED_BYTES);
  frame[0] = TYPE.stored;
  putU32(frame, 1, request);
  putU64(frame, 5, seq);
  putU64(frame, 13, storedAt);
  return frame;
}

export function encodeRefused(request: number, code: ErrorCode): Bytes {
  return concat(u8(TYPE.refused), u32(request), utf8(code));
}

export function encodeMessage(message: StoredMessage): Bytes {
  const frame = new Uint8Array(sizeOfMessage(message));
  putMessage(frame, 0, message);
  return frame;
}

/** Of what `putMessage` writes. */
export function sizeOfMessage({ envelope }: StoredMessage): number {
  return 1 + STORED_HEADER_BYTES + envelope.length;
}

/** Writes `encodeMessage(message)` at that place of `out`. */
export function putMessage(out: Uint8Array, at: number, message: StoredMessage): void {
  out[at] = TYPE.message;
  putStoredMessage(out, at + 1, message);
}

/** Its envelope lies in the frame's own memory. @throws LayoutError */
export function decodeClientFrame(frame: Uint8Array): ClientBinaryFrame {
  const reader = new ByteReader(frame);
  const type = reader.u8();
  if (type !== TYPE.send && type !== TYPE.sendFiles) throw new LayoutError("unknown frame type");
  const request = reader.u32();
  const files = type === TYPE.sendFiles ? readFiles(reader) : [];
  return { type: "send", request, envelope: reader.restInPlace(), files };
}

function readFiles(reader: ByteReader): FileId[] {
  const count = reader.u8();
  if (count === 0 || count > LIMITS.filesAttached) throw new LayoutError("number of files");
  return Array.from({ length: count }, () => reader.id<FileId>());
}

/** @throws LayoutError */
export function decodeServerFrame(frame: Uint8Array): ServerBinaryFrame {
  const reader = new ByteReader(frame);
  const type = reader.u8();
  if (type === TYPE.message) return { type: "message", ...readStoredMessage(reader) };
  if (type === TYPE.stored) {
    const stored = {
      type: "stored",
      request: reader.u32(),
      seq: reader.u64(),
      storedAt: reader.u64(),
    } as const;
    reader.end();
    return stored;
  }
  if (type === TYPE.refused) {
    const request = reader.u32();
    const code = fromUtf8(reader.rest());
    return { type: "refused", request, code: isErrorCode(code) ? code : "internal" };
  }
  throw new LayoutError("unknown frame type");
}

export function encodeStoredMessage(message: StoredMessage): Bytes {
  const bytes = new Uint8Array(STORED_HEADER_BYTES + message.envelope.length);
  putStoredMessage(bytes, 0, message);
  return bytes;
}

function putStoredMessage(out: Uint8Array, at: number, { seq, storedAt, envelope }: StoredMessage): void {
  putU64(out, at, seq);
  putU64(out, at + 8, storedAt);
  out.set(envelope, at + STORED_HEADER_BYTES);
}

function readStoredMessage(reader: ByteReader): StoredMessage {
  return { seq: reader.u64(), storedAt: reader.u64(), envelope: reader.rest() };
}

/** @throws LayoutError */
export function decodeStoredMessage(bytes: Uint8Array): StoredMessage {
  return readStoredMessage(new ByteReader(bytes));
}

export function encodePage(messages: readonly StoredMessage[]): Bytes {
  const sizes = messages.map(({ envelope }) => STORED_HEADER_BYTES + envelope.length);
  const page = new Uint8Array(sizes.reduce((sum, size) => sum + 4 + size, 0));
  let at = 0;
  for (const [i, message] of messages.entries()) {
    putU32(page, at, sizes[i] as number);
    putStoredMessage(page, at + 4, message);
    at += 4 + (sizes[i] as number);
  }
  return page;
}

/** @throws LayoutError */
export function decodePage(page: Uint8Array): StoredMessage[] {
  const reader = new ByteReader(page);
  const messages: StoredMessage[] = [];
  while (reader.remaining > 0) messages.push(decodeStoredMessage(reader.field()));
  return messages;
}

/** What everybody is told now: the first one first. */
const announcements = z.array(announcement);

export const serverTextFrame = z.discriminatedUnion("type", [
  /** First frame of every connection: where each conversation stands, so that exactly what was missed is fetched. */
  z.object({
    type: z.literal("ready"),
    heads: z.array(
      z.object({
        conversation: id<ConversationId>(),
        recordNumber: counter,
        lastSeq: counter,
        /** As the list has it. */
        firstSeq: counter,
        closed: z.boolean(),
        /** How many ask to be let in. */
        requests: counter,
        /** As the list has it. */
        refused: z.optional(z.boolean()),
        archived: z.optional(z.boolean()),
        /** The room has lost its owners, and oneself is asked to take it over. */
        offered: z.optional(z.boolean()),
      }),
    ),
    ...serverStanding,
    /** How often the entries of the account's vault were written in all: the sum of their counters. */
    vaultWrites: counter,
    /** What this account lets others see. */
    visibility,
    announcements,
  }),
  z.object({
    type: z.literal("receipt"),
    conversation: id<ConversationId>(),
    account: id<AccountId>(),
    delivered: counter,
    read: counter,
    /** When each of these last moved. */
    deliveredAt: z.nullable(counter),
    readAt: z.nullable(counter),
  }),
  /** Somebody whom this account shares a conversation with, or the account itself, looks otherwise now. */
  z.object({ type: z.literal("person"), person }),
  z.object({ type: z.literal("pong") }),
  /** Somebody one shares a conversation with, or oneself, has reset the identity. */
  z.object({ type: z.literal("identity"), account: id<AccountId>() }),
  /** Something that the person should hear of: GET /api/notices and GET /api/reports/waiting say what. */
  z.object({ type: z.literal("notice") }),
  /** The account's vault has a new key: it is fetched and opened anew. */
  z.object({ type: z.literal("vault") }),
  /** One of the account's browsers wrote an entry of the vault; its counter is this now. */
  z.object({ type: z.literal("vault-entry"), entry: id<VaultEntryId>(), counter }),
  /**
   * A member of a conversation of two has left: GET /api/conversations says who. Nobody writes there any more.
   * Of a room: it was deleted, and is not listed any more.
   */
  z.object({ type: z.literal("closed"), conversation: id<ConversationId>() }),
  /** A record was appended: a conversation is new, or its members or keys changed; also to who was removed by it. */
  z.object({
    type: z.literal("record"),
    conversation: id<ConversationId>(),
    number: counter,
    /** How many are told of it, where they are very many. */
    audience: z.optional(counter),
  }),
  /** Name, topic or pins are others now. */
  z.object({
    type: z.literal("profile"),
    conversation: id<ConversationId>(),
    revision: counter,
    audience: z.optional(counter),
  }),
  /** Somebody asks to be let in. */
  z.object({ type: z.literal("join-request"), conversation: id<ConversationId>() }),
  /** Oneself may not write there until then; null: one may again. */
  z.object({ type: z.literal("muted"), conversation: id<ConversationId>(), until: z.nullable(counter) }),
  /** How people who are watched are now: all of them after `watch`, later who changed. */
  z.object({
    type: z.literal("presence"),
    people: z.array(z.object({ account: id<AccountId>(), presence })),
  }),
  /** Who has said to be writing in the open conversation since the last such frame; oneself among them. */
  z.object({
    type: z.literal("typing"),
    conversation: id<ConversationId>(),
    people: z.array(id<AccountId>()),
  }),
  /** That was changed, here or in another browser. */
  z.object({ type: z.literal("visibility"), visibility }),
  z.object({ type: z.literal("announcements"), announcements }),
]);
export type ServerTextFrame = z.infer<typeof serverTextFrame>;
