import { setTimeout as sleep } from "node:timers/promises";
import { idOf, roomsOf } from "../rooms/rooms.ts";
import type { Actor } from "./cast.ts";
import { type Gathering, hasAll, messagesOf, shown, textOf } from "./judge.ts";

/** Of the room whose new members see what is said since they came: one who is put out and taken in again. */
export interface Visits {
  readonly guest: Actor;
  readonly room: Gathering;
  comeAndGo(lasting: number): Promise<void>;
  /** Once all is whole: takes the guest in for good, and has everybody say a last word. @param word nobody else's */
  settle(talkers: readonly Actor[], word: (actor: Actor) => string): Promise<string[]>;
  /** What the guest has of it and must not have, or lacks. */
  findDifferences(): Promise<string[]>;
  /** How far the guest must not see: what was stored there before it was taken in again. */
  hiddenUpTo(): number;
  /** How often it was surely put out: each time the room's key changed. */
  removals(): number;
}

export function createVisits(owner: Actor, guest: Actor, room: Gathering): Visits {
  const person = idOf(guest.device());
  const rooms = () => roomsOf(owner.device());
  let [hiddenUpTo, removals] = [0, 0];
  let place: "in" | "out" | "unknown" = "in";
  let words: { readonly text: string }[] = [];

  const standing = () =>
    guest
      .device()
      .messenger.getState()
      .conversations?.find(({ id }) => id === room.id);
  const warning = () => standing()?.alert;

  async function putOut(): Promise<void> {
    const before = place;
    place = "unknown";
    await (await rooms()).remove(room.id, person);
    place = "out";
    if (before === "in") removals += 1;
  }

  async function takeIn(): Promise<void> {
    // Also where the answer is lost: it came back then, or comes back later.
    if (place === "out")
      hiddenUpTo = Math.max(hiddenUpTo, ...messagesOf(owner, room).flatMap(({ seq }) => seq ?? []));
    place = "unknown";
    await (await rooms()).add(room.id, [person]);
    place = "in";
  }

  return {
    guest,
    room,
    hiddenUpTo: () => hiddenUpTo,
    removals: () => removals,

    /** What is refused meanwhile is left alone, and made good once all is whole. */
    async comeAndGo(lasting) {
      await putOut().catch(() => {});
      await sleep(lasting);
      await takeIn().catch(() => {});
    },

    async settle(talkers, word) {
      try {
        await owner.until(() => owner.device().messenger.getState().connection === "online", "the network");
        await takeIn();
        await guest.enter(room.id);
        const mayWrite = () => standing()?.canSend ?? false;
        await guest.until(mayWrite, "its place in the room");
      } catch (error) {
        return [`The guest is not taken in again: ${(error as Error).message}`];
      }
      for (const actor of [...talkers, guest]) actor.say(room.id, word(actor));
      words = [...talkers, guest].map((actor) => ({ text: word(actor) }));
      return [];
    },

    async findDifferences() {
      try {
        await guest.until(() => hasAll(guest, room, words), "the last words in the room");
      } catch (error) {
        return [`${(error as Error).message}, warned: ${warning()}`];
      }
      if (warning()) return [`the guest is warned: ${warning()}`];
      const all = messagesOf(room.people[0] as Actor, room);
      const own = messagesOf(guest, room);
      const same = all.slice(all.findIndex(({ id }) => id === own[0]?.id));
      const findings = own.flatMap((message, at) => {
        const text = textOf(message);
        if (message.body.kind !== "text") return [`the guest cannot open: ${text}`];
        if ((message.seq ?? 0) <= hiddenUpTo)
          return [`the guest has "${shown(text)}" from before it came back`];
        const other = same[at];
        return other?.id === message.id && textOf(other) === text
          ? []
          : [`the guest has "${shown(text)}" where others have another one`];
      });
      if (own.length !== same.length)
        findings.push(`the guest has ${own.length} of the newest ${same.length} messages`);
      return findings;
    },
  };
}
