import type { AccountId } from "@/lib/base/ids";
import type { Conversation, MessengerState, Person } from "@/lib/client/model";
import type { RoomMember, RoomStanding, Rooms } from "@/lib/client/model-rooms";
import { AppError } from "@/lib/protocol/errors";
import { ME, PEOPLE } from "./demo-data";
import { LISTED, member, roomConversation, roomId } from "./demo-rooms-data";
import type { DemoRoom } from "./demo-scene";

type ConversationId = Conversation["id"];

const ORDER = ["owner", "moderator", "member"];
const EMPTY: DemoRoom = { members: [member(ME, "owner")], banned: [], invitations: [], journal: [] };

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Rooms that nobody else is in: what is done shows, and joining takes three seconds. For the gallery only. */
export function createDemoRooms(
  initial: ReadonlyMap<ConversationId, DemoRoom>,
  getState: () => MessengerState,
  change: (parts: Partial<MessengerState>) => void,
): Rooms {
  const kept = new Map(initial);
  let made = 0;
  const of = (id: ConversationId): DemoRoom => kept.get(id) ?? EMPTY;
  const known = (account: AccountId): Person =>
    getState().people.get(account) ?? PEOPLE.find(({ id }) => id === account) ?? ME;
  const list = () => getState().conversations ?? [];
  const changeStanding = (id: ConversationId, parts: Partial<RoomStanding>): void => {
    const conversations = list().map((one) => {
      if (one.id !== id || !one.room) return one;
      const room = { ...one.room, ...parts };
      return { ...one, room, canSend: room.posting !== "nobody" };
    });
    change({ conversations });
  };
  const pinsOf = (id: ConversationId) => list().find((one) => one.id === id)?.room?.pins ?? [];
  const keep = (id: ConversationId, parts: Partial<DemoRoom>): void => {
    const room = { ...of(id), ...parts };
    const members = [...room.members].sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));
    kept.set(id, { ...room, members });
    const role = members.find(({ person }) => person.id === ME.id)?.role ?? null;
    changeStanding(id, { memberCount: members.length, role });
  };
  const withMember = (id: ConversationId, account: AccountId, parts: Partial<RoomMember>): void =>
    keep(id, {
      members: of(id).members.map((one) => (one.person.id === account ? { ...one, ...parts } : one)),
    });
  const without = (id: ConversationId, account: AccountId): readonly RoomMember[] =>
    of(id).members.filter(({ person }) => person.id !== account);
  const go = (id: ConversationId): void => change({ conversations: list().filter((one) => one.id !== id) });
  const sealed = async (count: number, report?: (done: number, total: number) => void): Promise<void> => {
    for (let done = 0; done <= count; done += 25) {
      report?.(done, count);
      await wait(60);
    }
  };
  const letIn = async (id: ConversationId): Promise<void> => {
    await wait(3000);
    if (!getState().waiting.some(({ conversation }) => conversation === id)) return;
    const listed = LISTED.find((room) => room.id === id);
    const { name, topic } = listed ?? { name: "Reading circle", topic: "" };
    const joined = roomConversation(id, listed ? "public-room" : "private-room", { name, topic }, null);
    change({
      waiting: getState().waiting.filter(({ conversation }) => conversation !== id),
      conversations: [joined, ...list()],
    });
    keep(id, { members: [member(PEOPLE[0] ?? ME, "owner"), member(ME)] });
  };
  const ask = (id: ConversationId, name: string): void => {
    change({ waiting: [...getState().waiting, { conversation: id, name, since: Date.now() }] });
    void letIn(id);
  };

  return {
    async create(room, report) {
      await sealed(room.name.includes("1000") ? 1000 : room.people.length, report);
      if (room.name === "fail") throw new AppError("unavailable");
      made += 1;
      const id = roomId(`made-${made}`);
      const { kind, people, ...standing } = room;
      const conversation = roomConversation(id, kind, { ...standing, role: "owner" }, null);
      change({ conversations: [{ ...conversation, activeAt: Date.now() }, ...list()] });
      keep(id, { members: [member(ME, "owner"), ...people.map((account) => member(known(account)))] });
      return id;
    },
    async directory(text) {
      await wait(250);
      const own = list().flatMap(({ id, kind, room }) =>
        kind === "public-room" && room ? [{ id, ...room, standing: "member" as const }] : [],
      );
      return [...own, ...LISTED.filter((listed) => own.every(({ id }) => id !== listed.id))]
        .filter(({ name, topic }) => `${name} ${topic}`.toLowerCase().includes(text.toLowerCase()))
        .sort((a, b) => b.memberCount - a.memberCount);
    },
    async join(id) {
      await wait(200);
      ask(id, LISTED.find((listed) => listed.id === id)?.name ?? "");
    },
    async joinByLink(link) {
      await wait(200);
      const id = /#join=([\w-]{22})\.[\w-]{22}\.[\w-]{43}$/.exec(link)?.[1] as ConversationId | undefined;
      if (!id) throw new AppError("bad-code");
      if (id.startsWith("gone")) throw new AppError("not-found");
      ask(id, "");
      return id;
    },
    async cancelJoining(id) {
      await wait(150);
      change({ waiting: getState().waiting.filter(({ conversation }) => conversation !== id) });
    },
    async details(id) {
      await wait(150);
      return { ...of(id), mayTakeOver: of(id).members.every(({ role }) => role !== "owner") };
    },
    async journal(id) {
      await wait(250);
      return of(id).journal;
    },
    async add(id, people, report) {
      await sealed(people.length * 40, report);
      keep(id, { members: [...of(id).members, ...people.map((account) => member(known(account)))] });
    },
    async takeOver(id, report) {
      await sealed(of(id).members.length, report);
      withMember(id, ME.id, { role: "owner" });
      changeStanding(id, { offered: false });
      return true;
    },
    async declineOffer(id) {
      await wait(300);
      changeStanding(id, { offered: false });
    },
    async remove(id, account) {
      await wait(300);
      keep(id, { members: without(id, account) });
    },
    async ban(id, account) {
      await wait(300);
      keep(id, { members: without(id, account), banned: [...of(id).banned, known(account)] });
    },
    async lift(id, account) {
      await wait(300);
      keep(id, { banned: of(id).banned.filter((one) => one.id !== account) });
    },
    async mute(id, account, until) {
      await wait(200);
      withMember(id, account, { mutedUntil: until });
    },
    async setRole(id, account, role) {
      await wait(200);
      withMember(id, account, { role });
    },
    async rename(id, profile) {
      await wait(200);
      changeStanding(id, profile);
    },
    async pin(id, message) {
      await wait(200);
      changeStanding(id, { pins: [...pinsOf(id).filter((one) => one.id !== message.id), message] });
    },
    async unpin(id, message) {
      await wait(200);
      changeStanding(id, { pins: pinsOf(id).filter((one) => one.id !== message.id) });
    },
    async setPolicy(id, policy) {
      await wait(200);
      changeStanding(id, policy);
    },
    async createInvitation(id, expiresAt) {
      await wait(200);
      made += 1;
      const link = `${location.origin}/#join=${id}.${"k".repeat(22)}.${`${made}`.padEnd(43, "u")}`;
      const invitation = { id: `invitation-${made}`, link, expiresAt };
      keep(id, { invitations: [...of(id).invitations, invitation] });
      return invitation;
    },
    async revokeInvitations(id, some) {
      await wait(200);
      keep(id, { invitations: of(id).invitations.filter((one) => !some.includes(one.id)) });
    },
    async leave(id) {
      await wait(300);
      go(id);
    },
    async delete(id) {
      await wait(300);
      go(id);
    },
  };
}
