import type { Bytes } from "../../lib/base/bytes.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";

/**
 * Which picture these bytes are, read as far as its container: every block known, the last one ending where the
 * bytes end. Nothing is hidden in front, between or behind, and no place, camera or comment comes along.
 *
 * @returns the content type
 * @throws AppError "bad-picture" for anything but one still WebP or JPEG of the one size there is
 */
export function pictureType(bytes: Bytes): "image/webp" | "image/jpeg" {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (text(bytes, 0) === "RIFF") {
      requireSide(readWebp(bytes, view));
      return "image/webp";
    }
    requireSide(readJpeg(view));
    return "image/jpeg";
  } catch (error) {
    // A read past the end: cut off, or lengths that lie.
    if (error instanceof RangeError) throw new AppError("bad-picture", "cut off");
    throw error;
  }
}

type Size = readonly [width: number, height: number];

function refuse(detail: string): never {
  throw new AppError("bad-picture", detail);
}

function requireSide([width, height]: Size): void {
  if (width !== LIMITS.pictureSide || height !== LIMITS.pictureSide) refuse(`${width} × ${height}`);
}

function text(bytes: Bytes, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

/** RFC 9649: a RIFF file of chunks, padded to even lengths. */
function readWebp(bytes: Bytes, view: DataView): Size {
  if (text(bytes, 8) !== "WEBP" || view.getUint32(4, true) !== bytes.length - 8) refuse("RIFF header");
  let size: Size | null = null;
  let at = 12;
  while (at < bytes.length) {
    const body = at + 8;
    const length = view.getUint32(at + 4, true);
    switch (text(bytes, at)) {
      case "VP8 ":
        if (view.getUint8(body + 3) !== 0x9d || view.getUint16(body + 4) !== 0x012a) refuse("VP8 start code");
        size = [view.getUint16(body + 6, true) & 0x3fff, view.getUint16(body + 8, true) & 0x3fff];
        break;
      case "VP8L": {
        if (view.getUint8(body) !== 0x2f) refuse("VP8L signature");
        const packed = view.getUint32(body + 1, true);
        size = [(packed & 0x3fff) + 1, ((packed >> 14) & 0x3fff) + 1];
        break;
      }
      // Extended header, transparency, colour profile: as canvases write them.
      case "VP8X":
      case "ALPH":
      case "ICCP":
        break;
      default:
        refuse("a chunk that a still picture does not need");
    }
    at = body + length + (length % 2);
  }
  if (at !== bytes.length) refuse("the last chunk does not end the file");
  return size ?? refuse("no picture in it");
}

const SOI = 0xffd8;
const EOI = 0xffd9;
const SOS = 0xffda;
/** Baseline and progressive frames. */
const FRAMES: readonly number[] = [0xffc0, 0xffc1, 0xffc2];
/** Huffman and quantisation tables, restart interval, JFIF header, colour profile. */
const TABLES: readonly number[] = [0xffc4, 0xffdb, 0xffdd, 0xffe0, 0xffe2];

/** ITU-T T.81 annex B: segments up to the first scan, which nothing but the end of the image follows. */
function readJpeg(view: DataView): Size {
  if (view.getUint16(0) !== SOI) refuse("neither WebP nor JPEG");
  let size: Size | null = null;
  let at = 2;
  for (let marker = view.getUint16(at); marker !== SOS; marker = view.getUint16(at)) {
    if (FRAMES.includes(marker)) size = [view.getUint16(at + 7), view.getUint16(at + 5)];
    else if (!TABLES.includes(marker)) refuse("a segment that a still picture does not need");
    at += 2 + view.getUint16(at + 2);
  }
  const end = view.byteLength - 2;
  for (; at <= end; at++) if (view.getUint16(at) === EOI) break;
  if (at !== end) refuse("the image does not end the file");
  return size ?? refuse("no frame before the scan");
}
