import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ConversationId, type FileId, newId } from "../../lib/base/ids.ts";
import { findProgram } from "../../scripts/setup/run.mjs";
import { openPool } from "../../server/database/connection.ts";
import { serverNow } from "../../server/testing/clock.ts";
import { type Device, freshTotpCode, registerDevice, startTalking } from "../../server/testing/device.ts";
import { type NodeCluster, startCluster } from "../../server/testing/node-cluster.ts";
import { addDevice } from "../../server/testing/second-device.ts";
import type { ServerProcess } from "../../server/testing/server-process.ts";
import { cookieHeader, post, send } from "../security/support/http.ts";

const redis = findProgram("redis-server");
const nginx = findProgram("nginx");
/** Of each of the two, in each chapter. */
const SAID = Array.from({ length: 30 }, (_, i) => i);

/** `npm test` installs both where it can. */
describe.skipIf(!redis || !nginx)(
  "two nodes, Redis and nginx (needs the programs redis-server and nginx)",
  () => {
    let cluster: NodeCluster;
    let alice: Device;
    let bob: Device;
    let conversation: ConversationId;
    let said = 0;

    beforeAll(async () => {
      cluster = await startCluster({ redis: redis ?? "", nginx: nginx ?? "" });
      alice = await registerDevice(cluster.front);
      bob = await registerDevice(cluster.front);
      conversation = await startTalking(alice, bob);
    });

    afterAll(async () => {
      for (const device of [alice, bob]) device?.close();
      await cluster?.dispose();
    });

    const messagesOf = (device: Device) =>
      device.messenger.getState().timelines.get(conversation)?.messages ?? [];
    const storedBy = (device: Device) => messagesOf(device).filter(({ seq }) => seq !== null);

    /** nginx sends who connects where the fewest are, requests included: now and then to where the other one is. */
    async function moveApart(): Promise<void> {
      const move = async () => {
        for (const device of [alice, bob])
          await device.until(({ connection }) => connection === "online", "online");
        if (cluster.nodes.every((node) => cluster.connections(node) > 0)) return true;
        for (const socket of bob.platform.sockets) socket.terminate();
        await bob.until(({ connection }) => connection === "offline", "offline");
        return false;
      };
      await expect.poll(move, { interval: 500 }).toBe(true);
    }

    /** Both write; `event` comes once some of it is acknowledged. All of it is at both, once, in one order. */
    async function talk(chapter: string, event: () => Promise<void> = async () => {}): Promise<void> {
      const before = said;
      const queued = SAID.flatMap((i) =>
        [alice, bob].map((device) => device.say(conversation, `${chapter} ${i} of ${device.person.name}`)),
      );
      await Promise.all(queued);
      await alice.until(() => storedBy(alice).length > before + 5, "some is acknowledged");
      await event();
      said += queued.length;
      for (const device of [alice, bob]) {
        await device.until(() => storedBy(device).length >= said, `${said} messages in ${chapter}`);
      }
      expect(alice.texts(conversation)).toEqual(bob.texts(conversation));
      for (const device of [alice, bob]) {
        expect(messagesOf(device).map(({ seq }) => seq)).toEqual(
          Array.from({ length: said }, (_, i) => i + 1),
        );
        for (const { person } of [alice, bob]) {
          const own = device
            .texts(conversation)
            .slice(before)
            .filter((text) => text.endsWith(person.name));
          expect(own).toEqual(SAID.map((i) => `${chapter} ${i} of ${person.name}`));
        }
      }
    }

    /** Alice, who runs the server, at one node, and Bob at the other: what she sets holds there too. */
    async function administerApart(): Promise<void> {
      await moveApart();
      const { password, totpSecret } = alice.person;
      const { sessions } = await alice.messenger.account();
      await sessions.stepUp({ password, code: await freshTotpCode(totpSecret) });
      const administer = async (method: string, path: string, body: object) => {
        const headers = { "content-type": "application/json", "sec-fetch-site": "same-origin" };
        const answer = await alice.platform.fetch(`/api/admin/${path}`, {
          method,
          headers,
          body: JSON.stringify(body),
        });
        expect(answer.ok).toBe(true);
      };
      const text = "Back at eight";
      const endsAt = serverNow() + 3_600_000;
      await administer("POST", "announcements", {
        ...{ level: "information", text, french: "", startsAt: null, endsAt },
      });
      await bob.until(({ announcements }) => announcements.some((one) => one.text === text), "is told");
      const pool = openPool(cluster.database, 1);
      await pool.query("UPDATE account SET email = 'bob@out.example' WHERE name = ?", [bob.person.name]);
      await pool.end();
      const out = {
        ...{ effect: "deny", place: "server", by: "email" },
        patterns: "*@out.example",
        note: "",
      };
      await administer("PUT", "access-rules", { version: 0, rules: [out], trial: false });
      await bob.until(({ connection }) => connection !== "online", "is kept out");
      await administer("PUT", "access-rules", { version: 1, rules: [], trial: false });
      // Whoever is refused asks again after a minute, or when somebody comes back to the page.
      const comeBack = () => {
        bob.platform.wake();
        return bob.messenger.getState().connection;
      };
      await expect.poll(comeBack, { interval: 500 }).toBe("online");
    }

    test("what is said at one is heard at the other, and who is there is seen", async () => {
      await moveApart();
      await talk("together");
      const { id } = bob.messenger.getState().me ?? {};
      const forget = alice.messenger.watch({ people: id ? [id] : [] });
      await alice.until(
        ({ presences }) => id !== undefined && presences.get(id) === "online",
        "bob is there",
      );
      forget();
    });

    test("what comes in at one, half of it at the other, is read at both", async () => {
      const file = newId<FileId>();
      const bytes = Buffer.from("sealed, as far as anybody here can tell");
      const path = `/api/conversations/${conversation}/files`;
      const headers = {
        ...cookieHeader(alice.profile),
        ...{ origin: cluster.front.origin, host: new URL(cluster.front.origin).host },
      };
      const at = (node: number) => cluster.nodes[node] as ServerProcess;
      const begin = { file, size: bytes.length };
      expect((await post(at(0), path, begin, headers)).body).toBe('{"received":0}');
      for (const [node, from, to] of [
        [1, 0, 10],
        [0, 10, bytes.length],
      ] as const) {
        const type = { "content-type": "application/octet-stream" };
        const part = { headers: { ...headers, ...type }, body: bytes.subarray(from, to) };
        const { body } = await send(at(node), "PUT", `${path}/${file}?offset=${from}`, part);
        expect(body).toBe(JSON.stringify({ received: to }));
      }
      for (const node of [0, 1])
        expect((await send(at(node), "GET", `${path}/${file}`, { headers })).body).toBe(bytes.toString());
    });

    test("without Redis the database tells, and with it again Redis does", async () => {
      await moveApart();
      await talk("Redis dies", cluster.redis.kill);
      await talk("without Redis");
      const phone = await addDevice(cluster.front, bob.person);
      await phone.messenger.openConversation(conversation);
      const { sessions } = await bob.messenger.account();
      const browser = (await sessions.browsers()).find(({ here }) => !here);
      expect(browser).toBeDefined();
      if (browser) await sessions.end(browser);
      await phone.until(({ phase }) => phase === "signed-out", "signed out at the other node");
      phone.close();
      await administerApart();
      await cluster.redis.start();
      await talk("with Redis again");
    });

    test("a node dies, and whoever was there goes on at the other", async () => {
      await moveApart();
      await talk("a node dies", async () => {
        await cluster.nodes[0]?.kill("SIGKILL");
      });
      const back = await cluster.nodes[0]?.restart();
      if (back) cluster.nodes[0] = back;
      await talk("a node is back");
    });

    test("the balancer dies and comes back", async () => {
      await talk("nginx dies", async () => {
        await cluster.nginx.kill();
        await alice.until(({ connection }) => connection === "offline", "offline");
        await cluster.nginx.start();
      });
    });

    test("a node that is asked to stop sends its people to the other one", async () => {
      await talk("a node stops", async () => {
        expect(await cluster.nodes[1]?.kill("SIGTERM")).toBe(0);
      });
    });
  },
);
