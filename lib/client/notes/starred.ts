import type { ConversationId } from "../../base/ids.ts";
import type { RunningParts } from "../account/parts.ts";
import { openPlaces } from "../conversation/open-places.ts";
import type { Opened } from "../conversation/open-stored.ts";
import type { MessageBody } from "../model-messages.ts";
import { MOST_STARRED, type Star, type StarredMessage } from "../model-notes.ts";
import { namePeople } from "../name-people.ts";

type Deps = Pick<RunningParts, "api" | "book" | "identities" | "store">;

/** The messages with the newest stars, out of what is loaded or else from the server, opened as always. @throws AppError */
export async function listStarred(deps: Deps): Promise<StarredMessage[]> {
  const { conversations, notes } = deps.store.get();
  const here = new Set(conversations?.flatMap(({ id, room }) => (room?.refused ? [] : [id])));
  const newest = [...notes]
    .flatMap(([conversation, { stars }]) => stars.map((star) => ({ conversation, star })))
    .filter(({ conversation }) => here.has(conversation))
    .sort((a, b) => b.star.at - a.star.at)
    .slice(0, MOST_STARRED);
  const found = new Map<string, StarredMessage>();
  for (const [conversation, group] of Map.groupBy(newest, (one) => one.conversation)) {
    const stars = group.map(({ star }) => star);
    for (const message of await readStarred(deps, conversation, stars)) found.set(message.id, message);
  }
  void namePeople(
    deps,
    [...found.values()].map(({ sender }) => sender),
  );
  return newest.flatMap(({ star }) => found.get(star.id) ?? []);
}

async function readStarred(
  deps: Deps,
  conversation: ConversationId,
  stars: readonly Star[],
): Promise<StarredMessage[]> {
  const found: StarredMessage[] = [];
  const missing = new Map(stars.map((star) => [star.id, star]));
  // As last edited, where it is loaded.
  for (const message of deps.store.get().timelines.get(conversation)?.messages ?? []) {
    const { id, seq, sender, at, thread, body } = message;
    if (!missing.delete(id) || seq === null || (body.kind !== "text" && body.kind !== "poll")) continue;
    found.push({ conversation, id, seq, sender, at, thread: thread?.seq ?? null, body });
  }
  const places = [...missing.values()].map(({ seq }) => seq);
  for await (const opened of openPlaces(deps, conversation, places)) {
    for (const one of opened) {
      const message = asStarred(conversation, one, opened);
      if (!message || missing.get(message.id)?.seq !== message.seq) continue;
      missing.delete(message.id);
      found.push(message);
    }
  }
  return found;
}

/** @param around where an edit of it may stand */
function asStarred(
  conversation: ConversationId,
  { stored, message, content }: Opened,
  around: readonly Opened[],
): StarredMessage | null {
  if (!message || (content?.type !== "text" && content?.type !== "poll")) return null;
  const { sender, message: id } = message.header;
  const place = { conversation, id, seq: stored.seq, sender, at: stored.storedAt };
  if (content.type === "poll") {
    const { question, multiple } = content;
    const options = content.options.map((text) => ({ text, people: [] }));
    return { ...place, thread: null, body: { kind: "poll", question, options, multiple, voters: 0 } };
  }
  const edit = around.findLast(
    (one) =>
      one.content?.type === "edit" && one.content.target.id === id && one.message?.header.sender === sender,
  );
  const text = edit?.content?.type === "edit" ? edit.content.text : content.text;
  const { action = false, forwarded = false, thread, files = [] } = content;
  const body: MessageBody = { kind: "text", text, earlier: [], action, forwarded, files };
  return { ...place, thread: thread?.seq ?? null, body };
}
