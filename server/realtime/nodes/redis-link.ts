import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../../log.ts";

/** How nodes reach each other: whatever is sent arrives at all of them, this one too, or nowhere. */
export interface Link {
  /** Never waits and never fails: what cannot leave now is dropped. */
  send(packet: Uint8Array): void;
  /** Whether anything has a chance to arrive. */
  isOpen(): boolean;
  close(): Promise<void>;
}

/** Something comes every second over either connection: one that is silent for longer is dead, whatever TCP says. */
const SILENT_MS = 3_000;
const CONNECT_MS = 2_000;
const CLOSE_MS = 500;
const RECONNECT_MS = { first: 100, longest: 1_000 };
/** On their way and not answered yet. More than this and Redis does not keep up: the database tells the others. */
const UNANSWERED_BYTES = 16 * 1024 * 1024;

/**
 * Publish and subscribe on one channel, and nothing else: Redis keeps nothing of it. One connection publishes in order, as Redis
 * delivers. The link is there at once, also where Redis is away, and connects for as long as it takes.
 */
export async function redisLinks(url: URL, channel: string, log: Log) {
  // Here, since one node by itself does not load it.
  const { createClient } = await import("@redis/client");
  return (onPacket: (packet: Uint8Array) => void) => openLink(createClient, { url, channel, log }, onPacket);
}

function openLink(
  createClient: typeof import("@redis/client").createClient,
  { url, channel, log }: { readonly url: URL; readonly channel: string; readonly log: Log },
  onPacket: (packet: Uint8Array) => void,
): Link {
  const publisher = createClient({
    url: url.href,
    RESP: 2,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: CONNECT_MS,
      socketTimeout: SILENT_MS,
      // Half of it random, so that nodes do not come back in the same moment.
      reconnectStrategy(retries) {
        const delay = Math.min(RECONNECT_MS.first * 2 ** Math.min(retries, 10), RECONNECT_MS.longest);
        return delay / 2 + (Math.random() * delay) / 2;
      },
    },
  });
  const subscriber = publisher.duplicate();
  let unanswered = 0;

  for (const client of [publisher, subscriber]) {
    // Whether Redis is there is told by who uses the link, once.
    client.on("error", (error) => log.debug({ err: error }, "redis"));
    client.connect().catch((error) => log.debug({ err: error }, "redis not connected"));
  }
  // Later the client subscribes anew by itself.
  subscriber.once("ready", () => {
    const listener = (packet: Buffer) => onPacket(new Uint8Array(packet));
    subscriber
      .subscribe(channel, listener, true)
      .catch((error) => log.warn({ err: error }, "redis does not let this node listen"));
  });

  return {
    send(packet) {
      if (!publisher.isReady || unanswered + packet.length > UNANSWERED_BYTES) return;
      unanswered += packet.length;
      publisher
        .publish(channel, Buffer.from(packet.buffer, packet.byteOffset, packet.length))
        .catch((error) => log.debug({ err: error }, "not published"))
        .finally(() => {
          unanswered -= packet.length;
        });
    },

    isOpen: () => publisher.isReady && subscriber.isReady,

    /** What was sent leaves first, if it can. */
    async close() {
      const sent = publisher.isReady ? publisher.close() : Promise.resolve();
      await Promise.race([sent.catch(() => {}), sleep(CLOSE_MS, undefined, { ref: false })]);
      for (const client of [publisher, subscriber]) if (client.isOpen) client.destroy();
    },
  };
}
