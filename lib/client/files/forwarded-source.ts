import { type Bytes, concat } from "../../base/bytes.ts";
import type { AttachedFile } from "../../protocol/content.ts";
import type { FileSource, SourcePreview } from "../model-files.ts";

/**
 * A file as it comes out of another message. It is read once, in order; the last bytes are given only when it has
 * come to its end, as what was sent.
 */
export function forwardedSource(
  { name, mediaType, size }: AttachedFile,
  open: () => AsyncGenerator<Bytes>,
  preview: SourcePreview | null,
): FileSource {
  let pieces = open();
  let at = 0;
  let rest: Bytes = new Uint8Array(0);

  return {
    name,
    mediaType,
    size,
    preview,
    async read(from, to) {
      // Tried again from the start.
      if (from === 0) {
        await pieces.return(undefined);
        [pieces, at, rest] = [open(), 0, new Uint8Array(0)];
      }
      if (from !== at) throw new RangeError("read out of order");
      const parts = [rest];
      for (let length = rest.length; length < to - from || to === size; ) {
        const { done, value } = await pieces.next();
        if (done) break;
        parts.push(value);
        length += value.length;
      }
      const all = concat(...parts);
      rest = all.slice(to - from);
      at = to;
      return all.slice(0, to - from);
    },
  };
}
