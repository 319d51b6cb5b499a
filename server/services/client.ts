import { createHash, randomBytes } from "node:crypto";
import type { Bytes } from "../../lib/base/bytes.ts";
import type { SessionId } from "../../lib/base/ids.ts";

/** Who is asking, as the edge saw it. */
export interface Client {
  /** Of the socket, or what a trusted proxy says; normalised. */
  readonly address: string;
  readonly agent: string;
  /** Absent when nobody is signed in. */
  readonly session?: SessionId;
}

/** Nobody at the door: the server does it by itself, as when a restraint ends or what a stopped server left is finished. */
export const SERVER: Client = { address: "", agent: "" };

/** Stands in the journal, as a browser and as whoever did it, where nobody was signed in. */
export const COMMAND_LINE = "command line";

/** Opaque tokens: 32 random bytes in base64url for the client, their SHA-256 in the database. */
export function newToken(): { token: string; hash: Bytes } {
  const token = randomBytes(32).toString("base64url");
  return { token, hash: hashToken(token) };
}

export function hashToken(token: string): Bytes {
  return new Uint8Array(createHash("sha256").update(token).digest());
}
