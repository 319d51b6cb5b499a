import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { utf8 } from "../../lib/base/bytes.ts";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import { createEntrance } from "../../lib/client/entrance.ts";
import type { TrustActions } from "../../lib/client/model-account.ts";
import {
  type Device,
  freshTotpCode,
  openDevice,
  registerDevice,
  startTalking,
} from "../../server/testing/device.ts";
import { newProfile, nodePlatform } from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { signInAgain } from "../../server/testing/sign-in.ts";

let server: ServerProcess;

beforeAll(async () => {
  server = await startServer();
  // Takes the administrator's seat before the others come at once.
  (await registerDevice(server)).close();
});

afterAll(() => server?.dispose());

/** Two who have written to each other. */
interface Talk {
  alice: Device;
  bob: Device;
  readonly conversation: ConversationId;
}

async function newTalk(): Promise<Talk> {
  const [alice, bob] = [await registerDevice(server), await registerDevice(server)];
  const talk = { alice, bob, conversation: await startTalking(alice, bob) };
  await alice.say(talk.conversation, "before");
  await sees(talk, bob, "before");
  await bob.say(talk.conversation, "heard");
  await sees(talk, alice, "heard");
  return talk;
}

const idOf = (device: Device) => device.messenger.getState().me?.id as AccountId;
const trustOf = async (device: Device): Promise<TrustActions> => (await device.messenger.account()).trust;
const here = ({ conversation }: Talk, device: Device) =>
  device.messenger.getState().conversations?.find(({ id }) => id === conversation);
const alerted = (talk: Talk, device: Device) =>
  device.until(() => here(talk, device)?.alert === "identity-changed", "the red notice");
const calm = (talk: Talk, device: Device) =>
  device
    .until(() => here(talk, device)?.alert === null, "no notice")
    .catch((error: Error) => Promise.reject(new Error(`${error.message}; ${here(talk, device)?.alert}`)));
/** Bob takes Alice for who the server says she is now. */
async function accept({ alice, bob }: Pick<Talk, "alice" | "bob">): Promise<void> {
  const trust = await trustOf(bob);
  await trust.accept(idOf(alice), (await trust.standing(idOf(alice))).offer);
}
const sees = ({ conversation }: Talk, device: Device, text: string) =>
  device.until(() => device.texts(conversation).includes(text), `"${text}"`);

/** No browser, no recovery code: a browser that was never used before, and both factors twice. */
async function loseEverything(talk: Talk): Promise<Device> {
  const { person } = talk.alice;
  talk.alice.close();
  const profile = newProfile();
  const entrance = createEntrance(nodePlatform(server.origin, profile));
  await signInAgain(server, person, profile);
  expect(await entrance.whereTo()).toBe("recover");
  const { recoveryCode, commit } = await entrance.prepareReset(person.name);
  await expect(commit()).rejects.toMatchObject({ code: "step-up-required" });
  await entrance.stepUp({ password: person.password, code: await freshTotpCode(person.totpSecret) });
  await commit();
  const fresh = await openDevice(server, { ...person, recoveryCode }, profile);
  await fresh.messenger.openConversation(talk.conversation);
  talk.alice = fresh;
  return fresh;
}

describe("a person who lost everything", () => {
  test.concurrent("starts anew: contacts are told, nothing is sent before they accept, then both go on", async ({
    expect,
  }) => {
    const talk = await newTalk();
    let { alice, bob } = talk;
    const { conversation } = talk;
    const bobsTrust = await trustOf(bob);
    const before = await bobsTrust.standing(idOf(alice));
    await bobsTrust.verify(idOf(alice), before.offer);
    expect(bob.messenger.getState().verified).toContain(idOf(alice));

    alice = await loseEverything(talk);
    expect(alice.texts(conversation)).toEqual(["<earlier-keys>", "<earlier-keys>"]);
    expect(here(talk, alice)?.canSend).toBe(true);

    await alerted(talk, bob);
    expect(bob.texts(conversation)).toEqual(["before", "heard"]);
    expect(here(talk, bob)?.canSend).toBe(false);
    await expect(bob.say(conversation, "to whom?")).rejects.toThrow();

    await alice.say(conversation, "it is me");
    await bob.until(() => bob.texts(conversation).length === 3, "something arrived");
    expect(bob.texts(conversation)[2]).toBe("<unaccepted-identity>");

    const standing = await bobsTrust.standing(idOf(alice));
    expect(standing).toMatchObject({ changed: true });
    expect(standing.number).not.toEqual(before.number);
    await bobsTrust.accept(idOf(alice), standing.offer);
    await calm(talk, bob);
    await sees(talk, bob, "it is me");
    expect(bob.texts(conversation)).toEqual(["before", "heard", "it is me"]);
    expect(bob.messenger.getState().verified).not.toContain(idOf(alice));

    await bob.say(conversation, "welcome back");
    await sees(talk, alice, "welcome back");
    await alice.say(conversation, "thanks");
    await sees(talk, bob, "thanks");
    // All of it is there again after a reload, on both sides.
    bob = await bob.reload();
    alice = await alice.reload();
    for (const device of [alice, bob]) {
      await device.messenger.openConversation(conversation);
      await sees(talk, device, "thanks");
      expect(here(talk, device)?.alert).toBeNull();
    }
    expect(bob.texts(conversation)).toEqual(["before", "heard", "it is me", "welcome back", "thanks"]);
  });

  test.concurrent("is written to by who accepts first, without a word of theirs", async () => {
    const talk = await newTalk();
    let { alice, bob } = talk;
    const { conversation } = talk;
    alice = await loseEverything(talk);
    await alerted(talk, bob);
    await accept({ alice, bob });
    await calm(talk, bob);
    await bob.say(conversation, "are you there?");
    await sees(talk, alice, "are you there?");
    await alice.say(conversation, "yes");
    await sees(talk, bob, "yes");
  });

  test.concurrent("is met by somebody who was away, before anything that waited leaves", async ({
    expect,
  }) => {
    const talk = await newTalk();
    let { alice, bob } = talk;
    const { conversation } = talk;
    bob.wire.down = true;
    for (const socket of bob.platform.sockets) socket.terminate();
    await bob.until(({ connection }) => connection !== "online", "offline");
    await bob.say(conversation, "written offline");
    alice = await loseEverything(talk);
    bob.wire.down = false;
    bob = await bob.reload();
    await bob.messenger.openConversation(conversation);
    await alerted(talk, bob);
    await bob.until(({ connection }) => connection === "online", "online");
    expect(alice.texts(conversation)).not.toContain("written offline");
    await accept({ alice, bob });
    await sees(talk, alice, "written offline");
  });

  test.concurrent("is accepted in every browser of a contact", async () => {
    const talk = await newTalk();
    let { alice, bob } = talk;
    const { conversation } = talk;
    const profile = newProfile();
    const entrance = createEntrance(nodePlatform(server.origin, profile));
    await signInAgain(server, bob.person, profile);
    await entrance.recover(bob.person.recoveryCode);
    const second = await openDevice(server, bob.person, profile);
    await second.messenger.openConversation(conversation);
    alice = await loseEverything(talk);
    await Promise.all([alerted(talk, bob), alerted(talk, second)]);
    await accept({ alice, bob });
    await second.messenger.openConversation(conversation);
    await calm(talk, second);
    await second.say(conversation, "from the second");
    await sees(talk, alice, "from the second");
    second.close();
  });

  test.concurrent("has no other session left, and no old device that opens anything", async ({ expect }) => {
    const talk = await newTalk();
    let { alice } = talk;
    const old = { ...newProfile(), cookies: new Map(alice.profile.cookies), storage: alice.profile.storage };
    alice = await loseEverything(talk);
    const entrance = createEntrance(nodePlatform(server.origin, old));
    expect(await entrance.whereTo()).toBe("sign-in");
    await signInAgain(server, alice.person, old);
    expect(await entrance.whereTo()).toBe("recover");
    // The old browser has seen higher counters, of a vault that is no more.
    await entrance.recover(alice.person.recoveryCode);
    expect(await entrance.whereTo()).toBe("messenger");
  });
});

describe("accepting", () => {
  test.concurrent("interrupted before it was written down, is asked for again, and nothing was sent", async ({
    expect,
  }) => {
    const talk = await newTalk();
    let { alice, bob } = talk;
    const { conversation } = talk;
    alice = await loseEverything(talk);
    await alerted(talk, bob);
    const trust = await trustOf(bob);
    const { offer } = await trust.standing(idOf(alice));
    const { platform } = bob;
    const fetch = platform.fetch.bind(platform);
    platform.fetch = (path, init) =>
      init?.method === "PUT" && path.startsWith("/api/vault/")
        ? Promise.reject(new TypeError("gone"))
        : fetch(path, init);
    await expect(trust.accept(idOf(alice), offer)).rejects.toMatchObject({ code: "offline" });
    expect(here(talk, bob)?.alert).toBe("identity-changed");
    bob = await bob.reload();
    await bob.messenger.openConversation(conversation);
    await alerted(talk, bob);
    await (await trustOf(bob)).accept(idOf(alice), offer);
    await calm(talk, bob);
    await bob.say(conversation, "now");
    await sees(talk, alice, "now");
  });

  test.concurrent("is for the identity that was shown, not for the one that the server names a moment later", async ({
    expect,
  }) => {
    const talk = await newTalk();
    const { alice, bob } = talk;
    const other = await registerDevice(server);
    const trust = await trustOf(bob);
    const forged = await (await other.platform.fetch(`/api/people/${idOf(other)}/keys`)).text();
    const { offer } = await trust.standing(idOf(alice));
    bob.wire.answer = (path, body) => (path === `/api/people/${idOf(alice)}/keys` ? utf8(forged) : body);
    await expect(trust.accept(idOf(alice), offer)).rejects.toThrow();
    bob.wire.answer = (_, body) => body;
    expect((await trust.standing(idOf(alice))).changed).toBe(false);
    other.close();
  });

  test.concurrent("leaves history readable, and takes nothing new from the identity before", async ({
    expect,
  }) => {
    const talk = await newTalk();
    let { alice, bob } = talk;
    const { conversation } = talk;
    const old = await bob.platform.fetch(`/api/people/${idOf(alice)}/keys`).then((one) => one.text());
    alice = await loseEverything(talk);
    await alerted(talk, bob);
    await accept({ alice, bob });
    await calm(talk, bob);
    // The server goes back to the identity before.
    bob.wire.answer = (path, body) => (path === `/api/people/${idOf(alice)}/keys` ? utf8(old) : body);
    bob = await openDevice(server, bob.person, bob.profile, bob.wire);
    await bob.messenger.openConversation(conversation).catch(() => {});
    await alerted(talk, bob);
    expect(here(talk, bob)?.canSend).toBe(false);
  });
});

describe("a safety number", () => {
  test.concurrent("is one for both, as digits and as a code; a mark is kept in the vault until it is taken back", async ({
    expect,
  }) => {
    const talk = await newTalk();
    let { alice, bob } = talk;
    const [alices, bobs] = [await trustOf(alice), await trustOf(bob)];
    const [shownToAlice, shownToBob] = [await alices.standing(idOf(bob)), await bobs.standing(idOf(alice))];
    expect(shownToAlice.number).toEqual(shownToBob.number);
    expect(shownToAlice.number).toHaveLength(12);
    expect(await alices.matches(idOf(bob), shownToAlice.offer, shownToBob.code)).toBe(true);
    expect(await alices.matches(idOf(bob), shownToAlice.offer, shownToAlice.code)).toBe(false);
    await expect(alices.matches(idOf(bob), shownToAlice.offer, "https://x")).rejects.toMatchObject({
      code: "bad-code",
    });
    await alices.verify(idOf(bob), shownToAlice.offer);
    alice = await alice.reload();
    await alice.until(({ verified }) => verified.has(idOf(bob)), "the mark after a reload");
    await (await trustOf(alice)).unverify(idOf(bob), shownToAlice.offer);
    expect(alice.messenger.getState().verified.size).toBe(0);
  });

  test.concurrent("is not marked for another identity than the one that was compared", async ({ expect }) => {
    const talk = await newTalk();
    const trust = await trustOf(talk.bob);
    const other = Buffer.alloc(32, 9).toString("base64url");
    await expect(trust.verify(idOf(talk.alice), other)).rejects.toMatchObject({ code: "conflict" });
    expect(talk.bob.messenger.getState().verified.size).toBe(0);
  });
});
