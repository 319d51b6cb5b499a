import { HEADER_BYTES, pictureSize } from "../../account/picture-size.ts";

/** What may be drawn: pixels and nothing else. SVG and HTML are programs, whatever they call themselves. */
export type RasterType = "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/avif";

/** How much of a file says all that is asked here. */
export const RASTER_HEAD_BYTES = HEADER_BYTES;

/** By the first bytes alone: names and types are the sender's words. */
export function rasterType(head: Uint8Array): RasterType | null {
  const text = String.fromCharCode(...head.subarray(0, 32));
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (/^GIF8[79]a/.test(text)) return "image/gif";
  if (/^RIFF.{4}WEBP/s.test(text)) return "image/webp";
  // ISO base media file format; the brand may also stand among the compatible ones.
  return /^.{4}ftyp(?:avi[fs]|.{8,20}avi[fs])/s.test(text) ? "image/avif" : null;
}

/**
 * The type of a picture that is no larger than this once it is drawn: a small file may unfold to gigabytes.
 * @param head the first RASTER_HEAD_BYTES, or all of it
 * @returns null for anything else, and where the file does not say how large it is
 */
export function drawableType(head: Uint8Array, mostPixels: number): RasterType | null {
  const type = rasterType(head);
  const size =
    type === "image/gif" ? gifSize(head) : type === "image/avif" ? avifSize(head) : pictureSize(head);
  return size && size.width * size.height <= mostPixels ? type : null;
}

function gifSize(head: Uint8Array) {
  if (head.length < 10) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** The largest of what its image spatial extents (ISO/IEC 23008-12, §6.5.3) say. */
function avifSize(head: Uint8Array) {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  let [width, height] = [0, 0];
  // A character a byte, and what is looked for is ASCII.
  for (const { index } of new TextDecoder("latin1").decode(head).matchAll(/ispe/g)) {
    if (index + 16 > head.length) break;
    width = Math.max(width, view.getUint32(index + 8));
    height = Math.max(height, view.getUint32(index + 12));
  }
  return width > 0 && height > 0 ? { width, height } : null;
}
