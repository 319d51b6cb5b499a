import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../../log.ts";

/** How nodes reach each other: whatever is sent arrives at all of them, this one too, or nowhere. */
export interface Link {
  /** Never waits and never fails: what cannot leave now is dropped. */
  send(packet: Uint8Array): void;
  /** Whether anything has a chance to arrive. */
  isOpen(): boolean;
  /** What went wrong last, in the words of the system or of Redis. */
  trouble(): string | null;
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
  let isSubscribed = false;
  let trouble: string | null = null;

  // Whether Redis is there is told by who uses the link, once.
  function note(error: unknown, what: string): void {
    trouble = (error as Error).message || (error as NodeJS.ErrnoException).code || null;
    log.debug({ err: error }, what);
  }

  for (const client of [publisher, subscriber]) {
    client.on("error", (error) => note(error, "redis"));
    client.connect().catch((error) => note(error, "redis not connected"));
  }
  // Once it has listened, the client listens anew by itself; where it was refused or cut off before that, it does not. A connection
  // that listens to nothing is silent, and so the next one comes by itself.
  subscriber.on("ready", () => {
    if (isSubscribed) return;
    isSubscribed = true;
    const listener = (packet: Buffer) => onPacket(new Uint8Array(packet));
    subscriber.subscribe(channel, listener, true).catch((error) => {
      isSubscribed = false;
      note(error, "redis does not let this node listen");
    });
  });

  return {
    send(packet) {
      if (!publisher.isReady || unanswered + packet.length > UNANSWERED_BYTES) return;
      unanswered += packet.length;
      publisher
        .publish(channel, Buffer.from(packet.buffer, packet.byteOffset, packet.length))
        .catch((error) => note(error, "not published"))
        .finally(() => {
          unanswered -= packet.length;
        });
    },

    isOpen: () => publisher.isReady && subscriber.isReady,

    trouble: () => trouble,

    /** What was sent leaves first, if it can. */
    async close() {
      const sent = publisher.isReady ? publisher.close() : Promise.resolve();
      await Promise.race([sent.catch(() => {}), sleep(CLOSE_MS, undefined, { ref: false })]);
      for (const client of [publisher, subscriber]) if (client.isOpen) client.destroy();
    },
  };
}
