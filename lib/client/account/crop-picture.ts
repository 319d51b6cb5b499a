import { AppError } from "../../protocol/errors.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { HEADER_BYTES, pictureSize } from "./picture-size.ts";

const MAX_FILE_BYTES = 30 * 1024 * 1024;
const MAX_PIXELS = 64_000_000;
/** Tried in this order until the result is small enough. Safari cannot write WebP. */
const ENCODINGS: readonly (readonly [type: string, quality: number])[] = [
  ["image/webp", 0.9],
  ["image/webp", 0.7],
  ["image/jpeg", 0.85],
  ["image/jpeg", 0.6],
];

/**
 * The middle of a picture, drawn anew as a small square: nothing of the file but its pixels is kept, so neither
 * the place nor the camera that took it.
 * @throws AppError "bad-picture" for what is no JPEG, PNG or WebP, or too large to be decoded safely
 */
export async function cropPicture(file: Blob): Promise<Blob> {
  if (file.size > MAX_FILE_BYTES) throw new AppError("bad-picture", "file too large");
  const head = await file.slice(0, HEADER_BYTES).arrayBuffer();
  const size = pictureSize(new Uint8Array(head));
  if (!size || size.width * size.height > MAX_PIXELS) throw new AppError("bad-picture", "size");
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new AppError("bad-picture", "not decodable");
  });
  try {
    return await encode(draw(bitmap));
  } finally {
    bitmap.close();
  }
}

function draw(bitmap: ImageBitmap): HTMLCanvasElement {
  const side = LIMITS.pictureSide;
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const context = canvas.getContext("2d");
  if (!context) throw new AppError("bad-picture", "no canvas");
  // What shines through would show the initials below.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, side, side);
  context.imageSmoothingQuality = "high";
  const crop = Math.min(bitmap.width, bitmap.height);
  const [x, y] = [(bitmap.width - crop) / 2, (bitmap.height - crop) / 2];
  context.drawImage(bitmap, x, y, crop, crop, 0, 0, side, side);
  return canvas;
}

async function encode(canvas: HTMLCanvasElement): Promise<Blob> {
  for (const [type, quality] of ENCODINGS) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));
    // A browser that cannot write the type writes PNG.
    if (blob?.type === type && blob.size <= LIMITS.pictureBytes) return blob;
  }
  throw new AppError("bad-picture", "not encodable");
}
