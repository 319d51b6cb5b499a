import type { FileSource } from "../../model-files.ts";
import { makePreview } from "./make-preview.ts";

/** A file that was chosen, pasted or dropped: read from the disk as it is sealed. */
export async function fileSource(file: File): Promise<FileSource> {
  return {
    name: file.name.normalize("NFC"),
    mediaType: file.type,
    size: file.size,
    read: async (from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer()),
    preview: await makePreview(file).catch(() => null),
  };
}
