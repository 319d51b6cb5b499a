import type { Bytes } from "../../base/bytes.ts";
import type { FileId } from "../../base/ids.ts";

const MOST_BYTES = 16 * 1024 * 1024;

/** Opened previews, in memory alone; what was not looked at for longest gives way. */
export function createPreviewCache() {
  /** The last one was looked at last. */
  const kept = new Map<FileId, Promise<Bytes>>();
  const sizes = new Map<FileId, number>();

  function shrink(): void {
    let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const id of kept.keys()) {
      if (total <= MOST_BYTES || sizes.size <= 1) return;
      total -= sizes.get(id) ?? 0;
      kept.delete(id);
      sizes.delete(id);
    }
  }

  return {
    put(id: FileId, bytes: Bytes): void {
      kept.set(id, Promise.resolve(bytes));
      sizes.set(id, bytes.length);
      shrink();
    },

    /** What is not among these goes; what is being opened stays until it is. */
    keepOnly(wanted: ReadonlySet<FileId>): void {
      for (const id of [...sizes.keys()]) {
        if (wanted.has(id)) continue;
        kept.delete(id);
        sizes.delete(id);
      }
    },

    /** As it is kept, or as `open` gives it, once for all who ask meanwhile. */
    get(id: FileId, open: () => Promise<Bytes>): Promise<Bytes> {
      const known = kept.get(id);
      kept.delete(id);
      const bytes =
        known ??
        open().then(
          (opened) => {
            sizes.set(id, opened.length);
            shrink();
            return opened;
          },
          (error: unknown) => {
            kept.delete(id);
            throw error;
          },
        );
      kept.set(id, bytes);
      return bytes;
    },
  };
}
