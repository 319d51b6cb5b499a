import type { ConversationId } from "../../base/ids.ts";
import type { Person } from "../../client/model.ts";
import { parseInvitationLink } from "../../client/rooms/invitation-link.ts";
import { roomName, roomTopic } from "../../protocol/fields.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { Client } from "../account/connect.ts";
import { patienceOf, wholeNumber, withClient } from "../account/open-account.ts";
import { findPerson, findRoom, listConversations, namesIn } from "../account/targets.ts";
import type { Command } from "../cli/command.ts";
import { handleOf } from "../events/people.ts";
import { EXIT, Failure, usage } from "../failure.ts";

const DAY_MS = 86_400_000;
const MANY = 200;

const create: Command = {
  name: "room create",
  summary: "make a room",
  synopsis: "<name> [person ...]",
  args: [1, MANY],
  description: [
    "Makes a room with oneself as its owner and these people in it. A private room is seen by its members alone; a public one is listed, its name and topic are no secret from the server, and anybody may join.",
  ],
  options: [
    { name: "public", help: "list the room, and let anybody join" },
    { name: "topic", value: "TEXT", help: "what it is about" },
    {
      name: "history",
      value: "WHICH",
      choices: ["since-joining", "all"],
      help: "what newcomers may read: since-joining (default) or all",
    },
  ],
  examples: ["sceau room create builds alice bob --topic 'What the machines say'"],
  async run(context) {
    const [name = "", ...names] = context.args;
    const named = roomName.safeParse(name);
    if (!named.success)
      throw usage(
        `A room's name has 1 to ${LIMITS.roomNameChars.max} characters, in one line, and something to see.`,
      );
    const visible = context.text("history") ?? "since-joining";
    if (visible !== "since-joining" && visible !== "all")
      throw usage("--history takes since-joining or all.");
    const topic = roomTopic.safeParse(context.text("topic") ?? "");
    if (!topic.success)
      throw usage(`A room's topic has up to ${LIMITS.roomTopicChars} characters, in one line.`);
    await withClient(context, async (client) => {
      const people = idsOf(await accounts(client, names));
      const { create: make } = await client.messenger.rooms();
      const conversation = await make({
        kind: context.is("public") ? "public-room" : "private-room",
        ...{ name: named.data, topic: topic.data, history: visible, people },
        ...{ retentionSeconds: 0, posting: "everyone" },
      });
      await context.out.result({ conversation, name: named.data }, conversation);
    });
  },
};

const invite: Command = {
  name: "room invite",
  summary: "add people to a room, or make a link that leads into it",
  synopsis: "<room> <person ...> | <room> --link",
  args: [1, MANY],
  description: [
    "People that are named are in the room at once. A link lets in whoever has it, as soon as a device of some member is there to hand out the key; owners and moderators make and revoke them.",
  ],
  options: [
    { name: "link", help: "print an invitation link instead of adding people" },
    { name: "days", value: "N", help: "how long the link is good, up to 365. Default: 7" },
  ],
  examples: ["sceau room invite '#builds' carol", "sceau room invite '#builds' --link --days 1"],
  async run(context) {
    const [room = "", ...names] = context.args;
    const days = wholeNumber(context, "days", 1, 365, 7);
    const wantsLink = context.is("link");
    if (wantsLink === names.length > 0) throw usage("Say whom to invite, or --link.");
    await withClient(context, async (client) => {
      const id = await findRoom(client, room);
      const actions = await client.messenger.rooms();
      // Reads the records, which say as what one is in it.
      await client.unlocked.require(id).preview();
      const { kind, room: standing } = client.unlocked.require(id).view();
      const isMember = standing?.role === "member";
      if (wantsLink) {
        if (kind === "public-room")
          throw notAllowed("A public room needs no link: anybody joins it by name.");
        if (isMember) throw notAllowed("Owners and moderators make links into a room.");
        const { link, expiresAt } = await actions.createInvitation(id, Date.now() + days * DAY_MS);
        // The messenger's pages put their own address before the fragment.
        const whole = new URL(link, client.store.read().origin).href;
        return context.out.result({ conversation: id, link: whole, expiresAt }, whole);
      }
      if (isMember && kind === "private-room")
        throw notAllowed("Owners and moderators add people to a private room.");
      const wanted = await accounts(client, names);
      const here = new Set((await actions.details(id)).members.map(({ person }) => person.id));
      const added = wanted.filter((person) => !here.has(person.id));
      if (added.length > 0) await actions.add(id, idsOf(added));
      await context.out.result({ conversation: id, added: added.map(({ name }) => name) }, "");
    });
  },
};

const join: Command = {
  name: "room join",
  summary: "enter a room by its link, or a public one by name",
  synopsis: "<link | name | id>",
  args: [1, 1],
  description: [
    "Some member's device has to hand out the room's key. Until --timeout one waits for that; then the command ends with 8, the request stays, and the room is there once somebody has answered.",
  ],
  options: [],
  examples: ["sceau room join 'https://chat.example.org/#join=…'", "sceau room join lobby"],
  async run(context) {
    const [what = ""] = context.args;
    const patience = patienceOf(context);
    await withClient(context, async (client) => {
      const conversation = await ask(client, what);
      await client
        .until(
          () => (listConversations(client).some(({ id }) => id === conversation) ? true : null),
          patience,
        )
        .catch((error: unknown) => {
          if (!(error instanceof Failure) || error.code !== "timeout") throw error;
          throw new Failure(
            EXIT.waiting,
            "waiting",
            "Nobody has answered yet. The request stays: the room comes by itself.",
          );
        });
      await context.out.result({ conversation }, conversation);
    });
  },
};

const leave: Command = {
  name: "room leave",
  summary: "leave a room",
  synopsis: "<room>",
  args: [1, 1],
  description: ["The last owner makes somebody else an owner first, in the messenger, or is alone in it."],
  options: [],
  examples: ["sceau room leave '#builds'"],
  async run(context) {
    await withClient(context, async (client) => {
      const conversation = await findRoom(client, context.args[0] ?? "");
      await (await client.messenger.rooms()).leave(conversation);
      await context.out.result({ conversation }, "");
    });
  },
};

const members: Command = {
  name: "room members",
  summary: "list who is in a room",
  synopsis: "<room>",
  args: [1, 1],
  description: ["Owners first, then moderators, then members, as the signed records say."],
  options: [],
  examples: ["sceau room members '#builds' --json"],
  async run(context) {
    await withClient(context, async (client) => {
      const room = await findRoom(client, context.args[0] ?? "");
      const { details } = await client.messenger.rooms();
      for (const { person, role, mutedUntil } of (await details(room)).members) {
        const { id, name, displayName } = person;
        await context.out.result(
          { id, name, displayName, role, mutedUntil },
          [handleOf(name), displayName, role].filter(Boolean).join("  "),
        );
      }
    });
  },
};

export const roomCommands: readonly Command[] = [create, invite, join, leave, members];

function notAllowed(message: string): Failure {
  return new Failure(EXIT.refused, "not-allowed", message);
}

/** Each of them once, however often and by whichever way of writing somebody is named. */
async function accounts(client: Client, names: readonly string[]): Promise<Person[]> {
  const found = await Promise.all(names.map((name) => findPerson(client, name)));
  return [...new Map(found.map((person) => [person.id, person])).values()];
}

const idsOf = (people: readonly Person[]) => people.map(({ id }) => id);

/** @throws Failure "usage": cut off, or another server's */
function requireOwnLink(text: string, origin: string): void {
  if (URL.canParse(text) && new URL(text).origin !== origin)
    throw usage(`This link leads to another server, ${new URL(text).origin}.`);
  if (!parseInvitationLink(text)) throw usage("This is no whole link into a room.");
}

/** @returns the room, whether one is in it already or has asked now */
async function ask(client: Client, what: string): Promise<ConversationId> {
  const { directory, join: enter, joinByLink } = await client.messenger.rooms();
  if (what.includes("join=")) {
    requireOwnLink(what, client.store.read().origin);
    return joinByLink(what);
  }
  const names = namesIn(what);
  const [name = ""] = names;
  const here = await findRoom(client, what).catch((error: unknown) => {
    if (error instanceof Failure && error.exit === EXIT.notFound) return null;
    throw error;
  });
  if (here) return here;
  const listed = (await directory(name)).filter((room) => names.includes(room.name) || room.id === what);
  const byId = /^[\w-]{22}$/.test(what) ? (what as ConversationId) : null;
  const [one] = listed;
  if (listed.length > 1)
    throw usage(`Several rooms are called that. Say one of: ${listed.map(({ id }) => id).join(", ")}.`);
  const room = one?.id ?? byId;
  if (!room) throw new Failure(EXIT.notFound, "not-found", `There is no public room called ${name}.`);
  await enter(room);
  return room;
}
