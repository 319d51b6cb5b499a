import type { ConversationId } from "../../base/ids.ts";
import type { Conversation, Person } from "../../client/model.ts";
import { AppError } from "../../protocol/errors.ts";
import { EXIT, exitOf, Failure, usage } from "../failure.ts";
import type { Client } from "./connect.ts";

/**
 * What people call conversations on a command line: the id, "#name" or the name of a room, "@name" or the sign-in name of
 * a person. What fits a room and a person alike must be said with its sign.
 */

interface Room {
  readonly id: ConversationId;
  readonly name: string;
}

/** @throws Failure "not-found", "usage" where several fit, or it names nothing */
export async function findConversation(client: Client, text: string): Promise<ConversationId> {
  requireName(text);
  const listed = listConversations(client);
  if (listed.some(({ id }) => id === text)) return text as ConversationId;
  const rooms = text.startsWith("@") ? [] : await roomsCalled(client, text);
  const wanted = text.replace(/^@/, "").toLowerCase();
  const people = text.startsWith("#") ? [] : listed.filter(({ peer }) => peer?.name === wanted);
  return onlyOne([...rooms, ...people], text).id;
}

/** As `findConversation`, and with a person one begins to talk where one does not yet. */
export async function findOrStart(client: Client, text: string): Promise<ConversationId> {
  try {
    return await findConversation(client, text);
  } catch (error) {
    if (!(error instanceof Failure) || error.exit !== EXIT.notFound || text.startsWith("#")) throw error;
  }
  return client.messenger.startDirect(await findPerson(client, text));
}

/** @throws Failure "not-found", "usage" */
export async function findRoom(client: Client, text: string): Promise<ConversationId> {
  requireName(text);
  const byId = listConversations(client).find(({ id, kind }) => id === text && kind !== "direct");
  return byId?.id ?? onlyOne(await roomsCalled(client, text), text).id;
}

/** Somebody else. @param text a sign-in name. @throws Failure "not-found", "usage" */
export async function findPerson({ messenger }: Client, text: string): Promise<Person> {
  const name = text.replace(/^@/, "").toLowerCase();
  if (!name) throw usage("A sign-in name is empty.");
  const known = [...messenger.getState().people.values()].find((person) => person.name === name);
  const found = known ?? (await messenger.findPeople(name)).find((person) => person.name === name);
  if (!found) throw notFound(text);
  if (found.id === messenger.getState().me?.id) throw usage(`${found.name} is this very account.`);
  return found;
}

/** What a conversation is called: a room's name, the other's sign-in name. */
export async function nameOf(client: Client, { id, peer }: Conversation): Promise<string> {
  return peer ? peer.name : roomName(client, id);
}

export function listConversations({ messenger }: Client): readonly Conversation[] {
  return messenger.getState().conversations ?? [];
}

/** As it was signed; empty while it cannot be opened. @throws AppError where the server does not answer: what was not asked is no name */
async function roomName({ unlocked }: Client, room: ConversationId): Promise<string> {
  try {
    return (await unlocked.parts.profiles.require(room))?.content.name ?? "";
  } catch (error) {
    if (error instanceof AppError && exitOf(error) === EXIT.network) throw error;
    return "";
  }
}

/** What the name of a room may be that is called so: it may itself begin with the sign. */
export function namesIn(text: string): string[] {
  const name = text.normalize("NFC");
  return name.startsWith("#") ? [name.slice(1), name] : [name];
}

/** In whatever case: anybody may make a room of another one's name in other letters, and take in whom they like. */
async function roomsCalled(client: Client, text: string): Promise<Room[]> {
  const names = namesIn(text).map((name) => name.toLowerCase());
  const rooms = listConversations(client).filter(({ kind }) => kind !== "direct");
  const named = await Promise.all(rooms.map(async ({ id }) => ({ id, name: await roomName(client, id) })));
  return named.filter(({ name }) => name !== "" && names.includes(name.toLowerCase()));
}

/** An empty variable of a script must mean nobody, and not whoever has no name. */
function requireName(text: string): void {
  if (/^[#@]?\s*$/.test(text)) throw usage("The name of a conversation is empty.");
}

function onlyOne<T extends { readonly id: ConversationId }>(found: readonly T[], text: string): T {
  const [one] = found;
  if (!one) throw notFound(text);
  if (found.length > 1) {
    const ids = found.map(({ id }) => id).join(", ");
    const kinds = /^[#@]/.test(text) ? "" : "#name for a room, @name for a person, or ";
    throw usage(`${text} may mean ${found.length} conversations. Say ${kinds}one of: ${ids}.`);
  }
  return one;
}

function notFound(text: string): Failure {
  return new Failure(EXIT.notFound, "not-found", `There is nobody and no room here called ${text}.`);
}
