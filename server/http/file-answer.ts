import type { ByteRange, OpenFile } from "../services/files.ts";
import { streamOf } from "./streamed.ts";

/** Bytes that nobody is to take for a page of ours, whatever they open as. */
const HEADERS = {
  "content-type": "application/octet-stream",
  "content-disposition": "attachment",
  "content-security-policy": "sandbox; default-src 'none'",
  "cache-control": "private, no-store",
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

/** 200 for a whole file, 206 for a part of it, 416 for one beyond its end. */
export function fileAnswer(file: OpenFile | { readonly size: number; readonly parts: null }): Response {
  if (!file.parts)
    return new Response(null, { status: 416, headers: { "content-range": `bytes */${file.size}` } });
  const { size, start, end, parts } = file;
  const isWhole = start === 0 && end === size;
  return new Response(
    streamOf(parts, (part) => part),
    {
      status: isWhole ? 200 : 206,
      headers: {
        ...HEADERS,
        "content-length": String(end - start),
        ...(!isWhole && { "content-range": `bytes ${start}-${end - 1}/${size}` }),
      },
    },
  );
}
