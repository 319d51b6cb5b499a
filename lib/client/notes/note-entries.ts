import * as z from "zod/mini";
import { type Bytes, fromUtf8, utf8 } from "../../base/bytes.ts";
import type { AccountId, MessageId } from "../../base/ids.ts";
import { content } from "../../protocol/content.ts";
import { AppError } from "../../protocol/errors.ts";
import { counter, id } from "../../protocol/fields.ts";
import { LIMITS } from "../../protocol/limits.ts";
import {
  type ConversationNotes,
  DEFAULT_SETTINGS,
  MAX_STARS,
  NO_NOTES,
  type Settings,
} from "../model-notes.ts";

/**
 * How notes lie in vault entries (docs/protocol.md §6.2): JSON, filled up with spaces so that its length says little
 * of what somebody types. A field that is not understood is the default; one that is not known is kept.
 */

const STEP_BYTES = 1024;
/** With the entry's header and its tag it stays below what the server takes. */
const MAX_BYTES = LIMITS.vaultEntryBytes - STEP_BYTES;
const DAY_MINUTES = 24 * 60;

const minute = z.int().check(z.minimum(0), z.maximum(DAY_MINUTES - 1));
const messageRef = { id: id<MessageId>(), seq: counter };

const claim = z.optional(z.object({ by: z.string().check(z.maxLength(64)), at: counter }));

const notesSchema = z.looseObject({
  version: z.literal(1),
  draft: z.catch(
    z.nullable(z.object({ text: z.string().check(z.maxLength(LIMITS.messageChars)), at: counter })),
    NO_NOTES.draft,
  ),
  stars: z.catch(z.array(z.object({ ...messageRef, at: counter })).check(z.maxLength(MAX_STARS)), []),
  notify: z.catch(z.enum(["all", "mentions", "none"]), NO_NOTES.notify),
  mutedUntil: z.catch(z.nullable(counter), NO_NOTES.mutedUntil),
  scheduled: z.catch(z.array(z.object({ id: id<MessageId>(), content, at: counter, claim })), []),
});

const settingsSchema = z.looseObject({
  version: z.literal(1),
  preview: z.catch(z.enum(["text", "name", "nothing"]), DEFAULT_SETTINGS.preview),
  quiet: z.catch(
    z.nullable(
      z.object({
        from: minute,
        to: minute,
        days: z.array(z.int().check(z.minimum(0), z.maximum(6))),
      }),
    ),
    null,
  ),
  blocked: z.catch(z.array(id<AccountId>()), []),
});

/** @param onMalformed the whole entry makes no sense: it is as if nothing had been noted */
export function decodeNotes(plaintext: Bytes | null, onMalformed: () => void = () => {}): ConversationNotes {
  return decode(notesSchema, plaintext, onMalformed) ?? NO_NOTES;
}

/** @param onMalformed as for notes */
export function decodeSettings(plaintext: Bytes | null, onMalformed: () => void = () => {}): Settings {
  return decode(settingsSchema, plaintext, onMalformed) ?? DEFAULT_SETTINGS;
}

/** @throws AppError "too-large" */
export function encodeNotes(value: ConversationNotes | Settings): Bytes {
  const json = utf8(JSON.stringify({ ...value, version: 1 }));
  const length = Math.ceil(json.length / STEP_BYTES) * STEP_BYTES;
  if (length > MAX_BYTES) throw new AppError("too-large", "a vault entry of notes");
  const padded = new Uint8Array(length).fill(0x20);
  padded.set(json);
  return padded;
}

function decode<T>(schema: z.ZodMiniType<T>, plaintext: Bytes | null, onMalformed: () => void): T | null {
  if (!plaintext) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(fromUtf8(plaintext)));
    if (parsed.success) return parsed.data;
  } catch {
    // No JSON.
  }
  onMalformed();
  return null;
}
