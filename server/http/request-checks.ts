import { fromUtf8 } from "../../lib/base/bytes.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";

/** What is read of a request: as Next hands it on, or as the server got it. */
export type IncomingCall = Pick<Request, "method" | "url" | "body"> & {
  readonly headers: Pick<Headers, "get">;
};

/** A mutation comes from our own pages, as JSON: anything a form or another site can send is refused. */
export function requireSameOrigin(request: IncomingCall, publicUrl: URL): void {
  if (request.headers.get("origin") !== publicUrl.origin) throw new AppError("wrong-origin", "Origin");
  const site = request.headers.get("sec-fetch-site");
  // Absent outside browsers; a browser always sends it, and cannot be made to lie.
  if (site !== null && site !== "same-origin") throw new AppError("wrong-origin", `Sec-Fetch-Site: ${site}`);
}

/** @throws AppError "wrong-content-type", "too-large", "bad-request" */
export async function readJson(
  request: IncomingCall,
  limit: number = LIMITS.httpBodyBytes,
): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json(?:;|$)/i.test(type)) throw new AppError("wrong-content-type");
  const body = await readBody(request, limit);
  try {
    return JSON.parse(fromUtf8(body));
  } catch {
    throw new AppError("bad-request", "not JSON in UTF-8");
  }
}

/**
 * The body as it comes, for who takes it piece by piece and counts.
 * @throws AppError "wrong-content-type", "too-large" where it says so of itself
 */
export function readBytes(request: IncomingCall, limit: number): AsyncIterable<Uint8Array> {
  if (request.headers.get("content-type") !== "application/octet-stream")
    throw new AppError("wrong-content-type");
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw new AppError("too-large");
  return request.body ?? nothing();
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** Counted while it arrives: a body that says nothing of its length cannot fill the memory. */
async function readBody(request: IncomingCall, limit: number): Promise<Uint8Array> {
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (announced > limit) throw new AppError("too-large");
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > limit) throw new AppError("too-large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
