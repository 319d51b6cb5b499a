import { setTimeout as pause } from "node:timers/promises";
import type { WebSocket } from "ws";
import { decodePage } from "../../lib/protocol/frames.ts";
import { connect } from "./connect.ts";
import { keepAlive } from "./keep-alive.ts";
import type { Rate, Resume, Resumed } from "./load.ts";

/** A process of its own in which everybody comes back in the same moment; and again, once all connections broke. */

const BROKEN_MS = 2_000;

process.once("message", async (load: Resume) => {
  const fetchPage = keepAlive(load.origin);
  const [first, sockets] = await comeBack();
  for (const socket of sockets) socket.removeAllListeners("close").terminate();
  await pause(BROKEN_MS);
  const [again] = await comeBack();
  process.send?.({ first, again } satisfies Resumed);

  async function comeBack(): Promise<[Rate, WebSocket[]]> {
    const began = performance.now();
    const sockets = await Promise.all(load.clients.map(resume));
    return [{ perSecond: sockets.length / ((performance.now() - began) / 1_000) }, sockets];
  }

  async function resume(client: Resume["clients"][number], index: number): Promise<WebSocket> {
    const bare = load.pages === null;
    const url = bare ? `${load.url}?${client.conversation}` : load.url;
    const socket = await connect({ url, origin: load.origin }, client, index);
    if (bare) return socket;
    const path = `/api/conversations/${client.conversation}/messages?after=0`;
    const page = decodePage(new Uint8Array(await fetchPage(path, client.cookie)));
    if (page.length !== load.missed) throw new Error(`${page.length} messages instead of ${load.missed}`);
    return socket.on("message", () => {});
  }
});
