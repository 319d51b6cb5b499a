import type { ConversationId } from "../../lib/base/ids.ts";
import { startTalking } from "../../server/testing/device.ts";
import { idOf, roomsOf } from "../rooms/rooms.ts";
import type { Actor } from "./cast.ts";
import type { Gathering } from "./judge.ts";

/**
 * A room of everybody, new in each round, in which one comes and goes without a word; what the first two share; and what
 * that one shares with the second, so that everybody talks somewhere.
 */
export async function gather(cast: readonly Actor[], guest: Actor, seed: number): Promise<Gathering[]> {
  const [owner, second] = cast as readonly [Actor, Actor];
  const others = cast.filter((actor) => idOf(actor.device()) !== idOf(owner.device()));
  const room = await (await roomsOf(owner.device())).create({
    kind: "private-room",
    name: `Round ${seed}`,
    topic: "",
    history: "since-joining",
    retentionSeconds: 0,
    posting: "everyone",
    people: others.map((actor) => idOf(actor.device())),
  });
  const direct = async (a: Actor, b: Actor) => {
    const id = await startTalking(a.device(), b.device());
    const own = [a, b].map((actor) => idOf(actor.device()));
    return [id, cast.filter((actor) => own.includes(idOf(actor.device())))] as const;
  };
  const places: (readonly [ConversationId, readonly Actor[]])[] = [
    [room, cast.filter((actor) => actor !== guest)],
    await direct(owner, second),
    await direct(second, guest),
  ];
  const gatherings: Gathering[] = [];
  for (const [id, people] of places) {
    for (const actor of people) await actor.enter(id);
    const [first] = people as readonly [Actor];
    const { messages = [] } = first.device().messenger.getState().timelines.get(id) ?? {};
    gatherings.push({ id, people, before: messages.at(-1)?.seq ?? 0 });
  }
  // Seen before it is taken away.
  await guest.lookInto(room);
  return gatherings;
}
