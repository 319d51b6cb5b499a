import * as z from "zod/mini";
import type { ConversationId, FileId } from "../../base/ids.ts";
import { counter, id } from "../fields.ts";

/** Sealed files: the server keeps bytes, and knows of each its size, whose it is and in which message it is held. */

/** Begins an upload, or asks how far it came. `size` is that of the sealed file, in bytes. */
export const beginUploadBody = z.strictObject({
  file: id<FileId>(),
  size: counter.check(z.gte(1)),
});

/** How many bytes of the sealed file are kept. */
export const receivedAnswer = z.object({ received: counter });

export const uploadAnswer = z.object({ received: counter, size: counter });

export const filePath = z.object({ id: id<ConversationId>(), file: id<FileId>() });

/** Where the bytes of the request belong: they are taken only if that is how far it came. */
export const uploadQuery = z.strictObject({
  offset: z.pipe(z.string().check(z.regex(/^\d{1,15}$/)), z.transform(Number)),
});

/** What a sealed file takes up at most, for one of so many bytes: padding adds an eighth at most, sealing a little. */
export function mostSealedBytes(bytes: number): number {
  return bytes + Math.ceil(bytes / 8) + 64 * 1024;
}
