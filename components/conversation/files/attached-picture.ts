import type { AttachedFile, FilePreview } from "@/lib/protocol/content";

/** A file with a preview. */
export type AttachedPicture = AttachedFile & { readonly preview: FilePreview };
