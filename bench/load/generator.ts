import { setTimeout as sleep } from "node:timers/promises";
import type { WebSocket } from "ws";
import { connect } from "./connect.ts";
import type { Load, LoadClient, Measured } from "./load.ts";

/**
 * A process of its own that holds the sockets of all clients. It does as little as it can with each frame: what is to
 * be measured is on the other side.
 */

const FRAME = { send: 1, stored: 2, refused: 3, message: 4 } as const;
const SEND_HEADER_BYTES = 1 + 4;
/** Version, suite, kind, conversation, sender: then the id of the message. */
const ID_IN_ENVELOPE = 3 + 16 + 16;
/** Type, seq, time: then the envelope. */
const ID_IN_MESSAGE = 1 + 8 + 8 + ID_IN_ENVELOPE;
const CONNECT_AT_ONCE = 50;
const MOST_LATENCIES = 2_000_000;

process.once("message", (load: Load) => {
  run(load).then(
    (measured) => {
      process.send?.(measured);
      process.disconnect();
      process.exit(0);
    },
    (error: Error) => {
      process.stderr.write(`${error.stack}\n`);
      process.exit(1);
    },
  );
});

async function run(load: Load): Promise<Measured> {
  const { clients, writers, readers, pace, warmSeconds, seconds } = load;
  const urls = load.url.split(" ");
  const began = performance.now();
  const microseconds = () => Math.round((performance.now() - began) * 1_000);
  const latencies = new Uint32Array(MOST_LATENCIES);
  let [acknowledged, delivered, refused, measuring, stopped] = [0, 0, 0, false, false];

  const sockets: WebSocket[] = [];
  for (let i = 0; i < clients.length; i += CONNECT_AT_ONCE) {
    const some = clients.slice(i, i + CONNECT_AT_ONCE);
    sockets.push(
      ...(await Promise.all(
        some.map((client, k) =>
          connect({ ...load, url: urls[(i + k) % urls.length] as string }, client, i + k),
        ),
      )),
    );
  }
  const senders = sockets
    .slice(0, writers)
    .map((socket, i) => createSender(socket, clients[i] as LoadClient));

  for (const [i, socket] of sockets.entries()) {
    socket.on("message", (data: Buffer) => {
      switch (data[0]) {
        case FRAME.message:
          if (!measuring) break;
          latencies[delivered % MOST_LATENCIES] = microseconds() - data.readUIntBE(ID_IN_MESSAGE, 6);
          delivered += 1;
          break;
        case FRAME.refused:
          refused += 1;
          break;
        case FRAME.stored:
          if (measuring) acknowledged += 1;
          if ("outstanding" in pace && !stopped) senders[i]?.(microseconds());
          break;
      }
    });
  }

  const dispatched = "perSecond" in pace ? startPace(pace.perSecond) : null;
  if ("outstanding" in pace) {
    for (const send of senders) for (let i = 0; i < pace.outstanding; i += 1) send(microseconds());
  }
  await sleep(warmSeconds * 1_000);
  measuring = true;
  const from = performance.now();
  await sleep(seconds * 1_000);
  measuring = false;
  stopped = true;
  clearInterval(dispatched ?? undefined);
  const lasted = (performance.now() - from) / 1_000;
  for (const socket of sockets) socket.terminate();
  const sorted = latencies.subarray(0, Math.min(delivered, MOST_LATENCIES)).sort();
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0) / 1_000;
  if (delivered === 0) throw new Error(`nothing was delivered to any ${readers}; ${refused} refused`);
  return {
    acknowledged: acknowledged / lasted,
    delivered: delivered / lasted,
    refused,
    median: at(0.5),
    ninetyNinth: at(0.99),
  };

  /** As many as are due by the clock: a timer that comes late sends more. */
  function startPace(perSecond: number): NodeJS.Timeout {
    const start = performance.now();
    let sent = 0;
    return setInterval(() => {
      const due = ((performance.now() - start) / 1_000) * perSecond;
      for (; sent < due; sent += 1) senders[sent % senders.length]?.(microseconds());
    }, 2);
  }
}

/** The id of a message is the time of its sending, whose it is, and what makes it unique. */
function createSender(socket: WebSocket, { envelope }: LoadClient): (microseconds: number) => void {
  const body = Buffer.from(envelope, "base64");
  const who = crypto.getRandomValues(new Uint8Array(6));
  let count = 0;
  return (microseconds) => {
    const frame = Buffer.allocUnsafe(SEND_HEADER_BYTES + body.length);
    frame[0] = FRAME.send;
    frame.writeUInt32BE(count, 1);
    body.copy(frame, SEND_HEADER_BYTES);
    const id = SEND_HEADER_BYTES + ID_IN_ENVELOPE;
    frame.writeUIntBE(microseconds, id, 6);
    frame.set(who, id + 6);
    frame.writeUInt32BE(count, id + 12);
    count += 1;
    socket.send(frame);
  };
}
