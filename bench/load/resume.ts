import { decodePage } from "../../lib/protocol/frames.ts";
import { connect } from "./connect.ts";
import { keepAlive } from "./keep-alive.ts";
import type { Rate, Resume } from "./load.ts";

/** A process of its own in which everybody comes back in the same moment. */

process.once("message", async (load: Resume) => {
  const fetchPage = keepAlive(load.origin);
  const began = performance.now();
  await Promise.all(load.clients.map((client, i) => comeBack(client, i)));
  process.send?.({ perSecond: load.clients.length / ((performance.now() - began) / 1_000) } satisfies Rate);

  async function comeBack(client: Resume["clients"][number], index: number): Promise<void> {
    const bare = load.pages === null;
    const url = bare ? `${load.url}?${client.conversation}` : load.url;
    const socket = await connect({ url, origin: load.origin }, client, index);
    if (bare) return;
    const path = `/api/conversations/${client.conversation}/messages?after=0`;
    const page = decodePage(new Uint8Array(await fetchPage(path, client.cookie)));
    if (page.length !== load.missed) throw new Error(`${page.length} messages instead of ${load.missed}`);
    socket.on("message", () => {});
  }
});
