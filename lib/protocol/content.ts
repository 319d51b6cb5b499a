import * as z from "zod/mini";
import { type Bytes, fromUtf8, utf8 } from "../base/bytes.ts";
import { toBase64url } from "../base/encoding.ts";
import type { AccountId, FileId, MessageId } from "../base/ids.ts";
import { bytes, counter, id, roomName, roomTopic, UNSAFE_IN_NAMES } from "./fields.ts";
import { HASH_BYTES, KEY_BYTES } from "./layout/sizes.ts";
import { LIMITS } from "./limits.ts";

/**
 * What is inside a message once opened (docs/protocol.md §5.5). A peer can be hostile: it is validated like any
 * other input. The server cannot tell one kind from another.
 */

/** Another message of the same conversation. `seq` says where to look; the id is what counts. */
const messageRef = z.strictObject({ id: id<MessageId>(), seq: counter });
export type MessageRef = z.infer<typeof messageRef>;

const UNSAFE_ANYWHERE = new RegExp(`${UNSAFE_IN_NAMES.source}|[/\\\\]`, "gu");

const anyText = z.string().check(z.maxLength(LIMITS.messageChars));
const text = anyText.check(z.minLength(1));
const mentions = z.optional(z.array(id<AccountId>()).check(z.maxLength(LIMITS.mentions)));

/** A sealed file (docs/protocol.md §5.7) and what opens it. */
const sealed = {
  id: id<FileId>(),
  key: bytes(KEY_BYTES),
  /** Of what is inside, in bytes. */
  size: counter.check(z.maximum(LIMITS.fileBytes)),
  /** Of the sealed bytes. */
  hash: bytes(HASH_BYTES),
};
const side = counter.check(z.minimum(1), z.maximum(LIMITS.previewSide));

/** A picture of a picture: a sealed file of its own, JPEG or WebP. */
const preview = z.object({
  ...sealed,
  size: counter.check(z.maximum(LIMITS.previewBytes)),
  /** In pixels. */
  width: side,
  height: side,
});
export type FilePreview = z.infer<typeof preview>;

/** Without what would pose as another name, or as a folder. */
function tidyFileName(name: string): string {
  return name.replace(UNSAFE_ANYWHERE, "_");
}

const attachedFile = z.object({
  ...sealed,
  /** Its sender's words, as the type is: neither decides what is done with it. */
  name: z.pipe(
    z.string().check(z.minLength(1), z.maxLength(LIMITS.fileNameChars)),
    z.transform(tidyFileName),
  ),
  mediaType: z.string().check(z.maxLength(LIMITS.mediaTypeChars)),
  preview: z.optional(preview),
});
export type AttachedFile = z.infer<typeof attachedFile>;

export const content = z.discriminatedUnion("type", [
  z
    .object({
      type: z.literal("text"),
      /** Empty only beside files. */
      text: anyText,
      files: z.optional(z.array(attachedFile).check(z.minLength(1), z.maxLength(LIMITS.files))),
      reply: z.optional(messageRef),
      /** The message that this one's thread hangs on. */
      thread: z.optional(messageRef),
      mentions,
      /** Everybody in the room is meant; counts only from who may moderate. */
      everyone: z.optional(z.literal(true)),
      /** Somebody else's words, passed on. */
      forwarded: z.optional(z.literal(true)),
      /** Said of oneself in the third person (/me). */
      action: z.optional(z.literal(true)),
    })
    .check(z.refine(({ text, files }) => text !== "" || files !== undefined)),
  /** Other words for one's own message; the earlier ones stay to be seen. */
  z.object({ type: z.literal("edit"), target: messageRef, text, mentions }),
  /** One's own message, or as a moderator anybody's, is gone for all. */
  z.object({
    type: z.literal("delete"),
    target: messageRef,
    /** Where edits of it, reactions to it and votes stand, which go with it. */
    also: z.optional(z.array(counter).check(z.maxLength(LIMITS.deletedAlong))),
    /** The message that its thread hangs on: nothing else says so any more. */
    thread: z.optional(messageRef),
  }),
  z.object({
    type: z.literal("reaction"),
    target: messageRef,
    emoji: z.string().check(z.minLength(1), z.maxLength(LIMITS.reactionChars)),
    on: z.boolean(),
  }),
  z.object({
    type: z.literal("poll"),
    question: z.string().check(z.minLength(1), z.maxLength(LIMITS.pollQuestionChars)),
    options: z
      .array(z.string().check(z.minLength(1), z.maxLength(LIMITS.pollOptionChars)))
      .check(z.minLength(2), z.maxLength(LIMITS.pollOptions)),
    multiple: z.boolean(),
  }),
  /** The room is called otherwise, or about something else; counts only from who may moderate. No message by itself. */
  z.object({
    type: z.literal("named"),
    name: z.optional(roomName),
    topic: z.optional(roomTopic),
  }),
  /** All of one's choices by position; an empty list takes the vote back. */
  z.object({
    type: z.literal("vote"),
    target: messageRef,
    choices: z.array(counter).check(z.maxLength(LIMITS.pollOptions)),
  }),
]);

export type Content = z.infer<typeof content>;

/** What is no message by itself: it only says something about one. */
export type Remark = Extract<Content, { readonly target: MessageRef }>;
export type RemarkOf<T extends Remark["type"]> = Extract<Remark, { readonly type: T }>;

export function encodeContent(value: Content): Bytes {
  return utf8(
    JSON.stringify(value, (_, field) => (field instanceof Uint8Array ? toBase64url(field) : field)),
  );
}

/** The sealed files that go with a message, previews too. */
export function filesOf(value: Content): FileId[] {
  const files = value.type === "text" ? (value.files ?? []) : [];
  return files.flatMap(({ id, preview }) => (preview ? [id, preview.id] : [id]));
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
