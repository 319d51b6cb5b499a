import * as z from "zod/mini";
import { type Bytes, fromUtf8, utf8 } from "../base/bytes.ts";
import { LIMITS } from "./limits.ts";

/** What is inside a message once opened. A peer can be hostile: it is validated like any other input. */
const content = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("text"),
    text: z.string().check(z.minLength(1), z.maxLength(LIMITS.messageChars)),
  }),
]);

export type Content = z.infer<typeof content>;

export function encodeContent(value: Content): Bytes {
  return utf8(JSON.stringify(value));
}

/** @returns null for anything that is not a content this version knows. */
export function decodeContent(bytes: Uint8Array): Content | null {
  try {
    const parsed = content.safeParse(JSON.parse(fromUtf8(bytes)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
