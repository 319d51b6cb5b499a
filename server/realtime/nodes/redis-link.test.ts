import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { Log } from "../../log.ts";
import { redisLinks } from "./redis-link.ts";

const log = { debug: () => {}, info: () => {}, warn: () => {} } as unknown as Log;
const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** As much of Redis as the client asks for; `refuse` says which SUBSCRIBE it does not like, counted from 1. */
async function startRedis(refuse: (subscribe: number) => string | null): Promise<URL> {
  const sockets = new Set<Socket>();
  const listening = new Set<Socket>();
  let subscribed = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", (data) => {
      // A command is an array of strings, and comes whole here.
      for (const command of data.toString("latin1").split(/(?=\*\d+\r\n\$)/)) {
        const [, , name = "", , channel = ""] = command.split("\r\n");
        if (name.toUpperCase() === "PUBLISH") {
          const { length } = channel;
          socket.write(":1\r\n");
          for (const one of listening)
            one.write(`*3\r\n$7\r\nmessage\r\n$${length}\r\n${channel}\r\n$2\r\nhi\r\n`);
        } else if (name.toUpperCase() === "SUBSCRIBE") {
          subscribed += 1;
          const refusal = refuse(subscribed);
          if (refusal) {
            socket.end(`-${refusal}\r\n`);
          } else {
            listening.add(socket);
            socket.write(`*3\r\n$9\r\nsubscribe\r\n$${channel.length}\r\n${channel}\r\n:1\r\n`);
          }
        } else {
          socket.write("+OK\r\n");
        }
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return new URL(`redis://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

test("a node that Redis did not let listen at first listens as soon as it may", async () => {
  const url = await startRedis((subscribe) => (subscribe <= 2 ? "NOPERM no permissions" : null));
  const heard: string[] = [];
  const open = await redisLinks(url, "channel", log);
  const link = open((packet) => heard.push(Buffer.from(packet).toString()));
  ends.push(() => link.close());
  const hears = () => {
    link.send(new TextEncoder().encode("hi"));
    return heard.length > 0;
  };
  await expect.poll(hears, { timeout: 45_000 }).toBe(true);
  expect(heard[0]).toBe("hi");
  expect(link.trouble()).not.toBeNull();
});
