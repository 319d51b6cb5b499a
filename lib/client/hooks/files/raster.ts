/** What may be drawn: pixels and nothing else. SVG and HTML are programs, whatever they call themselves. */
export type RasterType = "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/avif";

/** Bytes that `rasterType` looks at. */
export const RASTER_HEAD_BYTES = 32;

/** By the first bytes alone: names and types are the sender's words. */
export function rasterType(head: Uint8Array): RasterType | null {
  const text = String.fromCharCode(...head.subarray(0, RASTER_HEAD_BYTES));
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (/^GIF8[79]a/.test(text)) return "image/gif";
  if (/^RIFF.{4}WEBP/s.test(text)) return "image/webp";
  // ISO base media file format; the brand may also stand among the compatible ones.
  return /^.{4}ftyp(?:avi[fs]|.{8,20}avi[fs])/s.test(text) ? "image/avif" : null;
}
