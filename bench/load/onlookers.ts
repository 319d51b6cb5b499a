import { setTimeout as sleep } from "node:timers/promises";
import type { WebSocket } from "ws";
import { connect } from "./connect.ts";
import type { Held, LoadClient, Onlooking, Overheard } from "./load.ts";

/**
 * A process of its own with everybody of one room, all of whom look at it, come and go at their desks and write. It says
 * when all are there, and then what they heard.
 */

const CONNECT_AT_ONCE = 50;
/** Version, suite, kind: then the conversation. */
const CONVERSATION_IN_ENVELOPE = 3;

process.once("message", async (told: Onlooking) => process.send?.(await onlook(told)));

async function onlook({
  clients,
  looking,
  perSecond,
  seconds,
  warmSeconds,
  ...load
}: Onlooking): Promise<Overheard> {
  const accounts = clients.map(({ account }) => Buffer.from(account, "hex").toString("base64url"));
  const conversation = conversationOf(clients[0] as LoadClient);
  const sockets: WebSocket[] = [];
  for (let i = 0; i < clients.length; i += CONNECT_AT_ONCE) {
    const some = clients.slice(i, i + CONNECT_AT_ONCE);
    sockets.push(...(await Promise.all(some.map((client, k) => connect(load, client, i + k)))));
  }
  /** When each was at the desk, or left it, last. */
  const changedAt = new Map<string, number>();
  const waits: number[] = [];
  const heard = { presence: 0, typing: 0 };
  let isMeasuring = false;
  for (const [i, socket] of sockets.entries()) {
    const say = (frame: object) => socket.send(JSON.stringify(frame));
    socket.on("message", (data: Buffer, isBinary: boolean) => {
      if (isBinary || !isMeasuring) return;
      const frame = JSON.parse(String(data));
      if (frame.type === "typing") heard.typing += 1;
      if (frame.type !== "presence") return;
      heard.presence += 1;
      for (const { account } of frame.people) waits.push(performance.now() - (changedAt.get(account) ?? 0));
    });
    say({ type: "hide", people: [] });
    const people = Array.from({ length: looking }, (_, k) => accounts[(i + k + 1) % accounts.length]);
    say({ type: "watch", people, conversation });
  }
  await sleep(warmSeconds * 1_000);
  process.send?.({ connected: sockets.length } satisfies Held);

  isMeasuring = true;
  let [count, writes] = [0, 0];
  const began = performance.now();
  const pacing = setInterval(() => {
    const due = ((performance.now() - began) / 1_000) * perSecond;
    for (; count < due; count += 1) {
      const i = count % sockets.length;
      const active = Math.floor(count / sockets.length) % 2 === 1;
      changedAt.set(accounts[i] as string, performance.now());
      sockets[i]?.send(JSON.stringify({ type: "activity", active }));
    }
    for (; writes < due; writes += 1)
      sockets[(writes * 7) % sockets.length]?.send(JSON.stringify({ type: "typing", conversation }));
  }, 5);
  await sleep(seconds * 1_000);
  clearInterval(pacing);
  isMeasuring = false;
  for (const socket of sockets) socket.terminate();
  const sorted = waits.sort((a, b) => a - b);
  const each = (frames: number) => frames / seconds / sockets.length;
  return {
    presence: each(heard.presence),
    typing: each(heard.typing),
    heard: sorted.length / count,
    ninetyNinth: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
  };
}

function conversationOf({ envelope }: LoadClient): string {
  const bytes = Buffer.from(envelope, "base64");
  return bytes.subarray(CONVERSATION_IN_ENVELOPE, CONVERSATION_IN_ENVELOPE + 16).toString("base64url");
}
