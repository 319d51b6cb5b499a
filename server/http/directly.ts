import type { IncomingMessage, ServerResponse } from "node:http";
import { getHistory } from "./history.ts";
import { problem } from "./problem.ts";
import { BYTES_HEADERS } from "./route.ts";
import { getServices } from "./services.ts";

const HISTORY = /^\/api\/conversations\/([^/]+)\/messages$/;

/**
 * Pages of history are most of what is asked for after a reconnect. Their handler is called without what Next does
 * around it, which takes several times what the page itself does.
 * @param path of its address
 * @param origin of the address that this request is for
 * @returns false when it is Next's to answer
 */
export async function answerDirectly(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  origin: string,
): Promise<boolean> {
  const id = request.method === "GET" ? HISTORY.exec(path)?.[1] : undefined;
  if (!id) return false;
  try {
    const call = { method: "GET", url: origin + request.url, headers: headersOf(request), body: null };
    const page = (await getHistory.answer(call, { id })) as Uint8Array;
    response.writeHead(200, { ...BYTES_HEADERS, "content-length": page.length });
    response.end(page);
  } catch (error) {
    const refusal = problem(error, getServices().log);
    response.writeHead(refusal.status, Object.fromEntries(refusal.headers));
    response.end(await refusal.text());
  }
  return true;
}

const headersOf = ({ headers }: IncomingMessage) => ({
  get(name: string): string | null {
    const value = headers[name];
    return value === undefined ? null : String(value);
  },
});
