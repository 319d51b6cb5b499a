import type { Bytes } from "./bytes.ts";
import { encoderOfOneLength, fromBase64url } from "./encoding.ts";

/**
 * Identifiers are 16 bytes: UUIDv7 (RFC 9562 §5.7) where the server or a client mints one, so that rows
 * made together lie together in an index; a truncated hash where two parties must arrive at the same one.
 * In TypeScript and JSON they are the 22 base64url characters of those bytes, branded by what they name.
 */
export type Id<Kind extends string = string> = string & { readonly __id: Kind };
export type AccountId = Id<"account">;
export type ConversationId = Id<"conversation">;
export type MessageId = Id<"message">;
export type FileId = Id<"file">;
export type DeviceId = Id<"device">;
export type SessionId = Id<"session">;
export type AppPasswordId = Id<"app-password">;
export type LinkId = Id<"link">;
/** Into a room. */
export type InvitationId = Id<"invitation">;
/** To the server: by which an account is made. */
export type ServerInvitationId = Id<"server-invitation">;
export type RenewalId = Id<"renewal">;
export type ReportId = Id<"report">;
export type AnnouncementId = Id<"announcement">;
export type WarningId = Id<"warning">;

export const ID_BYTES = 16;
export const ID_CHARS = 22;

const encode = encoderOfOneLength(ID_BYTES);

export function newId<T extends Id>(now: number = Date.now()): T {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_BYTES));
  new DataView(bytes.buffer).setUint32(0, Math.floor(now / 0x10000));
  new DataView(bytes.buffer).setUint16(4, now % 0x10000);
  bytes[6] = 0x70 | ((bytes[6] as number) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f);
  return idFromBytes<T>(bytes);
}

/** When an id was minted, in milliseconds since 1970 by its maker's clock; null for one that is no UUIDv7. */
export function mintedAt(id: Id): number | null {
  const bytes = idToBytes(id);
  const isMinted = (bytes[6] as number) >> 4 === 7 && (bytes[8] as number) >> 6 === 2;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return isMinted ? view.getUint32(0) * 0x10000 + view.getUint16(4) : null;
}

/** @throws RangeError unless `bytes` has exactly 16 bytes. */
export function idFromBytes<T extends Id>(bytes: Uint8Array): T {
  if (bytes.length !== ID_BYTES) throw new RangeError(`an id has ${ID_BYTES} bytes, not ${bytes.length}`);
  return idAt<T>(bytes, 0);
}

/** Of bytes that are known to have one there. */
export function idAt<T extends Id>(bytes: Uint8Array, at: number): T {
  return encode(bytes, at) as T;
}

/** @throws RangeError unless `id` is the canonical text of 16 bytes (the edges have checked it by then). */
export function idToBytes(id: Id): Bytes {
  const bytes = fromBase64url(id);
  if (bytes?.length !== ID_BYTES) throw new RangeError("not an id");
  return bytes;
}
