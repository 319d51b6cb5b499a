import { AppError, isErrorCode } from "../../protocol/errors.ts";
import type { Api } from "../api.ts";
import { browserFetch } from "../browser-fetch.ts";

type Stream = ReadableStream<Uint8Array<ArrayBuffer>>;

/** An answer that is read as it comes, for as long as it takes. @throws AppError */
export async function openStream(api: Api, path: string, signal?: AbortSignal): Promise<Stream> {
  // A stream that has begun cannot be asked for again with a newer token.
  if (!(await api.renewSession(true))) throw new AppError("signed-out");
  const response = await browserFetch(path, signal ? { signal } : {}).catch(() => {
    throw new AppError("offline", "no answer");
  });
  if (response.ok && response.body) return response.body as Stream;
  const { code } = (await response.json().catch(() => ({}))) as { code?: unknown };
  throw new AppError(isErrorCode(code) ? code : "internal", `HTTP ${response.status}`);
}

/** The lines of a stream. @throws AppError "offline" when it breaks off */
export async function* linesOf(stream: Stream): AsyncGenerator<string> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw new AppError("offline", "the answer broke off");
      });
      const lines = (rest + (value ?? "")).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
