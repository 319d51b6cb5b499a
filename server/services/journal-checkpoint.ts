import { toHex } from "../../lib/base/encoding.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { CHECKPOINT_SHAPE } from "../../lib/protocol/http/admin/journal.ts";
import type { JournalHead } from "../database/journal.ts";

/** An entry for somebody to write down where nobody of the server's reaches it. */
export const checkpointOf = ({ id, hash }: JournalHead): string => `${id}:${toHex(hash)}`;

/** @throws AppError "bad-request" */
export function parseCheckpoint(text: string): JournalHead {
  const [, id, hash] = CHECKPOINT_SHAPE.exec(text.trim()) ?? [];
  if (id === undefined || hash === undefined) throw new AppError("bad-request", "no checkpoint");
  return { id: Number(id), hash: Uint8Array.from(Buffer.from(hash, "hex")) };
}
