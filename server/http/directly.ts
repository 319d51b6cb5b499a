import type { IncomingMessage, ServerResponse } from "node:http";
import { getHistory } from "./history.ts";

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
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) if (value) headers.set(name, String(value));
  const answer = await getHistory(new Request(origin + request.url, { headers }), {
    params: Promise.resolve({ id }),
  });
  const body = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, { ...Object.fromEntries(answer.headers), "content-length": body.length });
  response.end(body);
  return true;
}
