import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { newId } from "../../lib/base/ids.ts";
import { createEntrance } from "../../lib/client/entrance.ts";
import type { Entrance } from "../../lib/client/model.ts";
import type { LinkingActions } from "../../lib/client/model-account.ts";
import { linkCommitment, newLinkNonce } from "../../lib/crypto/device-link.ts";
import { newBoxKey } from "../../lib/crypto/sealed-box.ts";
import { type Device, openDevice, startTalking } from "../../server/testing/device.ts";
import {
  newProfile,
  nodePlatform,
  type Profile,
  perfectWire,
  type Wire,
} from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { signInAgain } from "../../server/testing/sign-in.ts";
import { cookieHeader, post, send } from "../security/support/http.ts";
import { fakeAnswer, lying, text } from "./lies.ts";
import { lookOften } from "./look-often.ts";
import { newPerson, stepUp } from "./people.ts";

let server: ServerProcess;
let alice: Device;
let eve: Device;
let linking: LinkingActions;
/** Cookies of Alice's other browser, which is signed in and has no keys. */
let signedIn: Profile;

const never = new AbortController().signal;

/** Everything below takes less than the five minutes of a step-up. */
beforeAll(async () => {
  lookOften();
  server = await startServer();
  alice = await newPerson(server, "alice", server.firstRunToken);
  eve = await newPerson(server, "eve");
  linking = (await alice.messenger.account()).linking;
  signedIn = newProfile();
  await signInAgain(server, alice.person, signedIn);
  await stepUp(eve);
  await stepUp(alice);
}, 180_000);

afterAll(async () => {
  vi.unstubAllGlobals();
  for (const device of [alice, eve]) device?.close();
  await server?.dispose();
});

/** Another browser of Alice's each time, with nothing stored. */
function newcomer(wire: Wire = perfectWire()): { entrance: Entrance; profile: Profile } {
  const profile = { ...newProfile(), cookies: new Map(signedIn.cookies) };
  return { entrance: createEntrance(nodePlatform(server.origin, profile, wire)), profile };
}

async function waitForNewcomer() {
  for (;;) {
    const [found] = await linking.newcomers();
    if (found) return found;
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

describe("a code", () => {
  test("opens the same vault in another browser", async () => {
    const conversation = await startTalking(alice, eve);
    await alice.say(conversation, "written before");
    const { entrance, profile } = newcomer();
    expect(await entrance.whereTo()).toBe("recover");
    const link = await entrance.linkByCode();
    const finished = link.finish(never);
    const { newcomer: shown, confirm } = await linking.read(` ${link.code}\n`);
    expect(shown.address).toMatch(/127\.0\.0\.1|::1/);
    await confirm();
    await finished;
    expect(await entrance.whereTo()).toBe("messenger");
    const linked = await openDevice(server, alice.person, profile);
    await linked.messenger.openConversation(conversation);
    await linked.until(() => linked.texts(conversation).includes("written before"), "the history");
    await linked.say(conversation, "from the linked one");
    await eve.until(() => eve.texts(conversation).includes("from the linked one"), "its message");
    linked.close();
  });

  test("works once: of twenty answers at the same time one counts, and it is picked up once", async () => {
    const { entrance } = newcomer();
    const link = await entrance.linkByCode();
    const { confirm } = await linking.read(link.code);
    const answers = await Promise.allSettled(Array.from({ length: 20 }, confirm));
    const refusals = answers.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
    expect(refusals).toEqual(Array(19).fill("conflict"));
    const finished = await Promise.allSettled([link.finish(never), link.finish(never), link.finish(never)]);
    expect(finished.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(linking.read(link.code)).rejects.toMatchObject({ code: "link-expired" });
    await expect(confirm()).rejects.toMatchObject({ code: "link-expired" });
  });

  test("ends when a new one is made, or when it is cancelled", async () => {
    const { entrance } = newcomer();
    const [first, second] = [await entrance.linkByCode(), await entrance.linkByCode()];
    await expect(linking.read(first.code)).rejects.toMatchObject({ code: "link-expired" });
    await second.cancel();
    await expect(linking.read(second.code)).rejects.toMatchObject({ code: "link-expired" });
    await expect(second.finish(never)).rejects.toMatchObject({ code: "link-expired" });
  });

  test("of another account is none", async () => {
    const { entrance } = newcomer();
    const link = await entrance.linkByCode();
    const theirs = (await eve.messenger.account()).linking;
    await expect(theirs.read(link.code)).rejects.toMatchObject({ code: "link-expired" });
    expect(await theirs.newcomers()).toEqual([]);
    await theirs.cancel((await linking.read(link.code)).newcomer.id);
    await expect(linking.read(link.code)).resolves.toBeDefined();
  });

  test.each(["", "sceau-link:", "otpauth://totp/x", "sceau-safety:AAAA"])("is not %j", async (wrong) => {
    await expect(linking.read(wrong)).rejects.toMatchObject({ code: "bad-code" });
  });

  test("whose secret was mistyped opens nothing", async () => {
    const { entrance, profile } = newcomer();
    const link = await entrance.linkByCode();
    const last = link.code.at(-1) === "A" ? "Q" : "A";
    const wrong = `${link.code.slice(0, -6)}${last}${link.code.slice(-5)}`;
    await (await linking.read(wrong)).confirm();
    await expect(link.finish(never)).rejects.toMatchObject({ code: "link-mismatch" });
    expect((await profile.storage.findDevice(alice.messenger.getState().me?.id as never)) ?? null).toBeNull();
  });

  test("is not read by a browser that has not proved both factors anew", async () => {
    const { entrance, profile } = newcomer();
    const link = await entrance.linkByCode();
    const { newcomer: shown } = await linking.read(link.code);
    for (const path of ["", "/answer", "/challenge"]) {
      const body = { box: "AA", nonce: "A".repeat(43) };
      const answer =
        path === ""
          ? await send(server, "GET", `/api/links/${shown.id}`, { headers: cookieHeader(profile) })
          : await post(server, `/api/links/${shown.id}${path}`, body, cookieHeader(profile));
      expect(answer).toMatchObject({ status: 403, code: "step-up-required" });
    }
  });

  test("is picked up by the session that showed it, and by no other of the account", async () => {
    const { entrance, profile } = newcomer();
    const link = await entrance.linkByCode();
    const { newcomer: shown, confirm } = await linking.read(link.code);
    await confirm();
    const collect = (who: Profile) => post(server, `/api/links/${shown.id}/collect`, {}, cookieHeader(who));
    for (const who of [alice.profile, eve.profile])
      expect(await collect(who)).toMatchObject({ status: 410, code: "link-expired" });
    expect((await collect(profile)).status).toBe(200);
    expect((await collect(profile)).status).toBe(410);
  });
});

describe("a server that lies about a code", () => {
  test("cannot put another browser in the newcomer's place", async () => {
    const { entrance } = newcomer();
    const link = await entrance.linkByCode();
    const other = text((await newBoxKey()).publicKey);
    alice.wire.answer = lying(/^\/api\/links\/[^/]+$/, (answer) => {
      answer.deviceKey = other;
    }).answer;
    await expect(linking.read(link.code)).rejects.toMatchObject({ code: "link-mismatch" });
    alice.wire.answer = (_, body) => body;
    await expect(linking.read(link.code)).rejects.toMatchObject({ code: "link-expired" });
  });

  test("cannot hand over a vault of its own making", async () => {
    const wire = lying(/\/collect$/, (answer) => {
      // Sealed without the secret: any box that the server can make is like this one.
      answer.box = text(Buffer.alloc(1203, 1));
    });
    const { entrance } = newcomer(wire);
    const link = await entrance.linkByCode();
    await (await linking.read(link.code)).confirm();
    await expect(link.finish(never)).rejects.toMatchObject({ code: "link-mismatch" });
  });
});

describe("symbols", () => {
  test("are the same on both sides, and hand over the vault once both confirm", async () => {
    const { entrance } = newcomer();
    const link = await entrance.linkBySymbols();
    const here = link.symbols(never);
    const { id } = await waitForNewcomer();
    const there = await linking.compare(id, never);
    const { symbols, finish } = await here;
    expect(symbols).toEqual(there.symbols);
    expect(symbols).toHaveLength(7);
    const finished = finish(never);
    await there.confirm();
    await finished;
    expect(await entrance.whereTo()).toBe("messenger");
  });

  test("have one try: a second comparison of the same link is refused", async () => {
    const { entrance } = newcomer();
    const link = await entrance.linkBySymbols();
    void link.symbols(never).catch(() => {});
    const { id } = await waitForNewcomer();
    await linking.compare(id, never);
    await expect(linking.compare(id, never)).rejects.toMatchObject({ code: "conflict" });
  });

  test("that differ end the link for good", async () => {
    const { entrance } = newcomer();
    const link = await entrance.linkBySymbols();
    const here = link.symbols(never);
    const { id } = await waitForNewcomer();
    const { confirm } = await linking.compare(id, never);
    const { finish } = await here;
    await linking.cancel(id);
    await expect(confirm()).rejects.toMatchObject({ code: "link-expired" });
    await expect(finish(never)).rejects.toMatchObject({ code: "link-expired" });
    expect(await linking.newcomers()).toEqual([]);
  });

  test("cannot be skipped: no answer is taken before the newcomer has revealed its share", async () => {
    const { entrance } = newcomer();
    await entrance.linkBySymbols();
    const { id } = await waitForNewcomer();
    const { box } = await fakeAnswer(server, alice, id);
    const answer = await post(server, `/api/links/${id}/answer`, { box }, cookieHeader(alice.profile));
    expect(answer).toMatchObject({ status: 409, code: "conflict" });
  });
});

/** The server stands between two honest browsers and plays each message its own way. */
describe("a server in the middle of a comparison", () => {
  /** What both people see, whatever the server did; null where a side stopped by itself. */
  async function compared(toNewcomer: Wire, toAlice: Wire["answer"]) {
    alice.wire.answer = toAlice;
    try {
      const { entrance } = newcomer(toNewcomer);
      const link = await entrance.linkBySymbols();
      const leaving = new AbortController();
      const here = link.symbols(leaving.signal).then(
        ({ symbols }) => symbols,
        () => null,
      );
      const { id } = await waitForNewcomer();
      const there = await linking.compare(id, never).then(
        ({ symbols }) => symbols,
        (error: { code: string }) => error.code,
      );
      leaving.abort();
      return { here: await here, there };
    } finally {
      alice.wire.answer = (_, body) => body;
    }
  }

  test("that gives Alice a key of its own is caught by the commitment", async () => {
    const own = text((await newBoxKey()).publicKey);
    const toAlice = lying(/^\/api\/links/, (answer) => {
      if (answer.deviceKey) answer.deviceKey = own;
    }).answer;
    const { there } = await compared(perfectWire(), toAlice);
    expect(there).toBe("link-mismatch");
  });

  test("that gives Alice a key, commitment and nonce of its own is caught by the eye", async () => {
    const account = alice.messenger.getState().me?.id as never;
    const deviceKey = (await newBoxKey()).publicKey;
    const nonce = newLinkNonce();
    let commitment = "";
    const toAlice = lying(/^\/api\/links\/[^/]+$/, (answer) => {
      answer.deviceKey = text(deviceKey);
      answer.commitment = commitment;
      if (answer.reveal) answer.reveal = text(nonce);
    }).answer;
    const wire = perfectWire();
    const { entrance } = newcomer(wire);
    const link = await entrance.linkBySymbols();
    const here = link.symbols(never);
    const { id } = await waitForNewcomer();
    commitment = text(await linkCommitment({ account, link: id, deviceKey, nonce }));
    alice.wire.answer = toAlice;
    const there = await linking.compare(id, never).finally(() => {
      alice.wire.answer = (_, body) => body;
    });
    expect((await here).symbols).not.toEqual(there.symbols);
  });

  test("that changes Alice's nonce is caught by the eye", async () => {
    const wire = lying(/\/progress$/, (answer) => {
      if (answer.challenge) answer.challenge = text(newLinkNonce());
    });
    const { here, there } = await compared(wire, (_, body) => body);
    expect(here).not.toEqual(there);
    expect(here).toHaveLength(7);
  });

  test("that changes the newcomer's nonce is caught by the commitment", async () => {
    const toAlice = lying(/^\/api\/links\/[^/]+$/, (answer) => {
      if (answer.reveal) answer.reveal = text(newLinkNonce());
    }).answer;
    expect((await compared(perfectWire(), toAlice)).there).toBe("link-mismatch");
  });

  test("that tells the newcomer of another identity, to make up a vault for it, is caught by the eye", async () => {
    const wire = lying(/^\/api\/vault/, (answer) => {
      answer.identityKey = text(newLinkNonce());
    });
    const { here, there } = await compared(wire, (_, body) => body);
    expect(here).not.toEqual(there);
  });

  test("cannot exchange the identity after the comparison", async () => {
    let fetched = 0;
    const wire = lying(/^\/api\/vault/, (answer) => {
      fetched += 1;
      if (fetched > 1) answer.identityKey = text(newLinkNonce());
    });
    const { entrance } = newcomer(wire);
    const link = await entrance.linkBySymbols();
    const here = link.symbols(never);
    const { id } = await waitForNewcomer();
    const there = await linking.compare(id, never);
    const { finish } = await here;
    await there.confirm();
    await expect(finish(never)).rejects.toMatchObject({ code: "link-mismatch" });
  });
});

describe("whatever dies in between", () => {
  test("the newcomer's tab: it starts again, and the old link is gone", async () => {
    const { entrance, profile } = newcomer();
    const link = await entrance.linkByCode();
    const { confirm } = await linking.read(link.code);
    const again = createEntrance(nodePlatform(server.origin, profile));
    const second = await again.linkByCode();
    await expect(confirm()).rejects.toMatchObject({ code: "link-expired" });
    const finished = second.finish(never);
    await (await linking.read(second.code)).confirm();
    await finished;
    expect(await again.whereTo()).toBe("messenger");
  });

  test("the newcomer's network, for a moment, while it waits", async () => {
    const wire = perfectWire();
    const { entrance } = newcomer(wire);
    const link = await entrance.linkByCode();
    const finished = link.finish(never);
    const { confirm } = await linking.read(link.code);
    wire.down = true;
    await confirm();
    await new Promise((resume) => setTimeout(resume, 1_500));
    wire.down = false;
    await finished;
    expect(await entrance.whereTo()).toBe("messenger");
  });

  test("the server, after the answer: it is there when the server is", async () => {
    const { entrance } = newcomer();
    const link = await entrance.linkByCode();
    await (await linking.read(link.code)).confirm();
    const finished = link.finish(never);
    await server.kill("SIGKILL");
    server = await startServer({ dataFolder: server.dataFolder, port: server.port });
    await finished;
    expect(await entrance.whereTo()).toBe("messenger");
  });

  test("the newcomer before it is a device: a new link works as if nothing had been", async () => {
    const { entrance, profile } = newcomer({
      ...perfectWire(),
    });
    const platform = nodePlatform(server.origin, profile);
    const dying: typeof platform = {
      ...platform,
      fetch: (path, init) =>
        path === "/api/devices" ? Promise.reject(new TypeError("gone")) : platform.fetch(path, init),
    };
    const broken = createEntrance(dying);
    const link = await broken.linkByCode();
    const finished = link.finish(never);
    await (await linking.read(link.code)).confirm();
    await expect(finished).rejects.toMatchObject({ code: "offline" });
    expect(await entrance.whereTo()).toBe("recover");
    const second = await entrance.linkByCode();
    const again = second.finish(never);
    await (await linking.read(second.code)).confirm();
    await again;
    expect(await entrance.whereTo()).toBe("messenger");
  });
});

test("a link id is the newcomer's to choose, and nobody else's to take over", async () => {
  const id = newId();
  const body = { link: id, deviceKey: text((await newBoxKey()).publicKey) };
  expect((await post(server, "/api/links", body, cookieHeader(signedIn))).status).toBe(200);
  expect(await post(server, "/api/links", body, cookieHeader(eve.profile))).toMatchObject({
    code: "conflict",
  });
});
