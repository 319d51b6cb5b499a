import * as z from "zod/mini";
import type { Bytes } from "../base/bytes.ts";
import { fromBase64url } from "../base/encoding.ts";
import { ID_BYTES, ID_CHARS, type Id } from "../base/ids.ts";
import { LIMITS } from "./limits.ts";

/** Schemas of single values, shared by bodies, frames and contents. Byte strings travel as base64url. */

const idSchema = z.string().check(
  z.length(ID_CHARS),
  z.refine((text) => fromBase64url(text)?.length === ID_BYTES),
);

export function id<T extends Id>() {
  return z.pipe(
    idSchema,
    z.transform((text) => text as T),
  );
}

/** A byte string of `min` to `max` bytes; parsed to a Uint8Array. */
export function bytes(min: number, max: number = min) {
  return z.pipe(
    z.string().check(z.maxLength(Math.ceil((max * 4) / 3))),
    z.transform((text, context): Bytes => {
      const value = fromBase64url(text);
      if (value && value.length >= min && value.length <= max) return value;
      context.issues.push({
        code: "custom",
        message: `not ${min} to ${max} bytes of base64url`,
        input: text,
      });
      return z.NEVER;
    }),
  );
}

/** An integer that fits a JavaScript number exactly: sequences, counters, milliseconds. */
export const counter = z.number().check(z.refine((value) => Number.isSafeInteger(value) && value >= 0));

/** An opaque random token of the server's: 32 bytes. */
export const token = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));

/**
 * Control and format characters (bidirectional overrides, zero-width ones), line separators and letters that
 * show nothing would let a name pose as another or as none. The joiner inside emoji is the one exception.
 */
export const UNSAFE_IN_NAMES =
  /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]|(?!\u200d)\p{Cf}/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** What something is called in one line, with something to see in it and nothing that hides. */
export const plainName = ({ min, max }: { readonly min: number; readonly max: number }) =>
  z.string().check(
    z.trim(),
    z.normalize("NFC"),
    z.minLength(min),
    z.maxLength(max),
    z.refine((text) => VISIBLE.test(text) && !UNSAFE_IN_NAMES.test(text)),
  );

/** What a room is called, and a line about it: people decide by them which room to enter. */
export const roomName = plainName(LIMITS.roomNameChars);
export const roomTopic = z.string().check(
  z.trim(),
  z.normalize("NFC"),
  z.maxLength(LIMITS.roomTopicChars),
  z.refine((text) => !UNSAFE_IN_NAMES.test(text)),
);
