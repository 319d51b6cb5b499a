import { LIMITS } from "../../../protocol/limits.ts";
import type { SourcePreview } from "../../model-files.ts";
import { drawableType, RASTER_HEAD_BYTES } from "./raster.ts";

const MOST_FILE_BYTES = 50 * 1024 * 1024;
/** Decoded, that is 256 MB. */
const MOST_PIXELS = 64_000_000;
/** Tried in this order until the result is small enough. Safari cannot write WebP. */
const ENCODINGS: readonly (readonly [type: string, quality: number, scale: number])[] = [
  ["image/webp", 0.8, 1],
  ["image/webp", 0.6, 1],
  ["image/jpeg", 0.8, 1],
  ["image/jpeg", 0.6, 0.75],
  ["image/jpeg", 0.5, 0.5],
];

/**
 * A picture drawn anew in small: nothing of the file but its pixels is in it, neither where nor by what it was taken.
 * @returns null for what is no picture, or none that this browser can draw safely
 */
export async function makePreview(file: Blob): Promise<SourcePreview | null> {
  const head = new Uint8Array(await file.slice(0, RASTER_HEAD_BYTES).arrayBuffer());
  if (!drawableType(head, MOST_PIXELS) || file.size > MOST_FILE_BYTES) return null;
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return null;
  try {
    for (const [type, quality, scale] of ENCODINGS) {
      const canvas = draw(bitmap, LIMITS.previewSide * scale);
      const blob = canvas && (await new Promise<Blob | null>((done) => canvas.toBlob(done, type, quality)));
      // A browser that cannot write the type writes PNG.
      if (!canvas || blob?.type !== type || blob.size > LIMITS.previewBytes) continue;
      const { width, height } = canvas;
      return { bytes: new Uint8Array(await blob.arrayBuffer()), width, height };
    }
    return null;
  } finally {
    bitmap.close();
  }
}

function draw(bitmap: ImageBitmap, side: number): HTMLCanvasElement | null {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  if (!context) return null;
  // JPEG has no transparency: what shines through would be black.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas;
}
