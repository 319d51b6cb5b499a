import { type Bytes, concat, utf8 } from "../../../lib/base/bytes.ts";
import { LIMITS } from "../../../lib/protocol/limits.ts";

/** Containers as browsers write them, with nothing in them that could be drawn. */

interface Options {
  /** Pixels; null for a file without a picture. */
  readonly side?: number | null;
  readonly extra?: Bytes;
}

const u16 = (value: number) => Uint8Array.of(value >> 8, value & 0xff);
const le = (value: number, bytes: number) =>
  Uint8Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) % 256);

export function segment(marker: number, body: Uint8Array): Bytes {
  return concat(Uint8Array.of(0xff, marker), u16(body.length + 2), body);
}

export function jpeg({ side = LIMITS.pictureSide, extra = new Uint8Array() }: Options = {}): Bytes {
  const frame =
    side === null
      ? new Uint8Array()
      : concat(Uint8Array.of(8), u16(side), u16(side), Uint8Array.of(1, 1, 17, 0));
  return concat(
    Uint8Array.of(0xff, 0xd8),
    segment(0xe0, utf8("JFIF\0")),
    extra,
    side === null ? frame : segment(0xc0, frame),
    segment(0xda, Uint8Array.of(1, 1, 0, 0, 63, 0)),
    Uint8Array.of(0x12, 0xff, 0x00, 0x34, 0xff, 0xd9),
  );
}

export function webpChunk(name: string, body: Uint8Array, length = body.length): Bytes {
  return concat(utf8(name), le(length, 4), body, new Uint8Array(body.length % 2));
}

/** @param lie how much longer the last chunk says it is */
export function webp({
  side = LIMITS.pictureSide,
  extra = new Uint8Array(),
  lie = 0,
}: Options & { lie?: number } = {}): Bytes {
  const frame = concat(
    Uint8Array.of(0, 0, 0, 0x9d, 0x01, 0x2a),
    le(side ?? 0, 2),
    le(side ?? 0, 2),
    utf8("data"),
  );
  const picture = side === null ? new Uint8Array() : webpChunk("VP8 ", frame, frame.length + lie);
  const chunks = concat(utf8("WEBP"), extra, picture);
  return concat(utf8("RIFF"), le(chunks.length, 4), chunks);
}
