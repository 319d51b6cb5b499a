import type { ByteRange, OpenFile } from "../services/files.ts";
import { streamOf } from "./streamed.ts";

/** Bytes that nobody is to take for a page of ours, whatever they open as; the door's headers stand beside these. */
const HEADERS = {
  "content-type": "application/octet-stream",
  "content-disposition": "attachment",
  "accept-ranges": "bytes",
};

/**
 * RFC 9110 §14.1.2, of one range.
 * @returns null for all of it: without the header, or where it says something else
 */
export function parseRange(header: string | null): ByteRange | null {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (first === "") return last === "" ? null : { suffix: Number(last) };
  if (last !== "" && Number(last) < Number(first)) return null;
  return { first: Number(first), last: last === "" ? null : Number(last) };
}

/** 200 for a whole file, 206 for the range that was asked for, 416 for one beyond its end. */
export function fileAnswer(
  file: OpenFile | { readonly size: number; readonly parts: null },
  isRange: boolean,
): Response {
  if (!file.parts)
    return new Response(null, { status: 416, headers: { "content-range": `bytes */${file.size}` } });
  const { size, start, end, parts } = file;
  return new Response(
    streamOf(parts, (part) => part),
    {
      status: isRange ? 206 : 200,
      headers: {
        ...HEADERS,
        "content-length": String(end - start),
        ...(isRange && { "content-range": `bytes ${start}-${end - 1}/${size}` }),
      },
    },
  );
}
