import type { ConversationId, FileId } from "../../base/ids.ts";
import { AppError } from "../../protocol/errors.ts";
import { receivedAnswer, uploadAnswer } from "../../protocol/http/files.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { Api } from "../api.ts";
import { createPace } from "./pace.ts";
import type { Patience } from "./patience.ts";
import type { Shelf } from "./shelf.ts";

export interface SendBytesDeps {
  readonly api: Pick<Api, "get" | "post" | "put">;
  readonly shelf: Pick<Shelf, "read">;
  readonly patience: Patience;
  now(): number;
}

/**
 * Brings one sealed file to the server, from where an earlier try ended.
 * @param onReceived how many bytes of it the server has
 * @param isOver whether somebody has ended it
 * @throws AppError as the server refuses it; "offline" once it is over
 */
export async function sendBytes(
  { api, shelf, patience, now }: SendBytesDeps,
  conversation: ConversationId,
  file: FileId,
  size: number,
  onReceived: (bytes: number) => void,
  isOver: () => boolean,
): Promise<void> {
  const files = `/api/conversations/${conversation}/files`;
  const pace = createPace(LIMITS.uploadBytes, now);
  const persist = <T>(work: () => Promise<T>) => patience.persist(work, isOver);
  let { received } = await persist(() => api.post(files, { file, size }, receivedAnswer));
  for (;;) {
    onReceived(received);
    if (received >= size) return;
    if (isOver()) throw new AppError("offline", "given up");
    const bytes = await shelf.read(file, received, Math.min(size, received + pace.bytes()));
    try {
      const path = `${files}/${file}?offset=${received}`;
      ({ received } = await persist(() => pace.timed(() => api.put(path, bytes, receivedAnswer))));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "upload-offset") throw error;
      // An answer was lost, or another tab was here: only the server knows how far it came.
      const known = await persist(() => api.get(`${files}/${file}/upload`, uploadAnswer));
      if (known.received === received) throw error;
      ({ received } = known);
    }
  }
}
