import type { AccountId } from "../../base/ids.ts";
import type { Content, RemarkOf } from "../../protocol/content.ts";
import { decodeStoredMessage, type ServerTextFrame, type StoredMessage } from "../../protocol/frames.ts";
import { type ConversationInfo, membersAnswer } from "../../protocol/http/conversations.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { ConversationKeys } from "../key-book.ts";
import type { Conversation, Person, Timeline } from "../model.ts";
import { createAlarms } from "./alarms.ts";
import type { ConversationDeps } from "./conversation-deps.ts";
import { createErasing } from "./erasing.ts";
import { headerOf } from "./header-of.ts";
import { createHeard } from "./heard.ts";
import { createHistory } from "./history.ts";
import { createIntroductions } from "./introductions.ts";
import { createLateMargin } from "./late-margin.ts";
import { createLifetime } from "./lifetime.ts";
import { peerOf, requireListed } from "./peer.ts";
import { createPositions } from "./positions.ts";
import { createRecordOrder } from "./record-order.ts";
import { type Remains, remainsOf } from "./remains.ts";
import { createRoomStanding } from "./room-standing.ts";
import { createRun, type RunDeps } from "./run.ts";
import { createSealing } from "./sealing.ts";
import { createSuspects } from "./suspects.ts";
import { createVoice } from "./voice.ts";

type Head = Extract<ServerTextFrame, { type: "ready" }>["heads"][number];

/** One conversation as this device lives it: log, positions, alerts, and what views see of it. */
export function createConversationModel(info: ConversationInfo, deps: ConversationDeps) {
  const { api, platform, vault, identities, book, profiles, socket, outbox } = deps;
  const { id, kind } = info;
  const self = vault.account;
  let peer = peerOf(info, self);
  let { closed, lastSeq } = info;
  let activeAt = info.createdAt;
  let accepted: ConversationKeys | null = null;
  let opened: "no" | "loading" | "ready" | "failed" = "no";
  /** Whether anything has asked to look at it yet: whoever does later sees the newest anyway. */
  let looked = false;
  /** One after the other: what was asked for before an acceptance must not have the last word. */
  let reviewing: Promise<void> = Promise.resolve();

  const changed = () => deps.onChange(id);
  const isOpen = () => opened !== "no";
  const alarms = createAlarms(changed);
  const suspects = createSuspects(identities, alarms);
  const introductions = createIntroductions(deps);
  const recordOrder = createRecordOrder({
    findNumber: (hash) => accepted?.findState(hash)?.number ?? null,
    onBroken: () => alarms.raise("history-mismatch"),
  });
  const room = kind === "direct" ? null : createRoomStanding(info, self);
  const voice = createVoice(info.mutedUntil, platform.now, (until) => {
    changed();
    // What waited for that goes out.
    if (until === null) outbox.resume().catch(() => {});
  });
  const erasing = createErasing(id, self, api);
  const lifetime = createLifetime(info.firstSeq, {
    clock: deps.clock,
    loaded: () => [...history.runs(), ...margin.apart()].map(({ log }) => log.entries()),
    onGone(first) {
      forgetBefore(first).catch(() => {});
      deps.onGone(id, first);
    },
  });
  const runs: RunDeps = {
    api,
    book,
    self,
    type: kind,
    lifetime,
    firstSeq: lifetime.first,
    lastSeq: () => lastSeq,
    read: () => Math.max(positions.read(), lifetime.first() - 1),
    unsent: () => outbox.unsent(id),
    ofOthers: () => positions.ofOthers(),
    onEntries(entries) {
      introductions.meet(entries);
      recordOrder.check(entries);
    },
    onGone: erasing.begin,
    onChange() {
      lifetime.expire();
      changed();
    },
    onAlert: alarms.raise,
  };
  const newest = createRun(id, runs);
  const { log, lookBack, messages } = newest;
  const newWindow = () => createRun(id, { ...runs, beyond: log.entries });
  const history = createHistory({
    newest,
    newWindow,
    firstSeq: lifetime.first,
    isOpen,
    guard: alarms.guard,
    onChange: changed,
  });
  const heard = createHeard(() => peer, deps.isBlocked);
  const positions = createPositions(info, self, {
    socket,
    lastLoaded: log.last,
    isMember: (account) => !room || (room.members()?.has(account) ?? false),
    showsReads: deps.showsReads,
    isSilent: heard.isHidden,
    onChange: changed,
  });
  const margin = createLateMargin({
    self,
    now: platform.now,
    firstSeq: lifetime.first,
    lastSeq: runs.lastSeq,
    newWindow,
    runs: history.runs,
    entries: history.loaded,
    told: () => accepted?.told ?? [],
    numberOf: recordOrder.numberOf,
    pins: () => room?.view().pins ?? [],
    introduce: introductions.name,
    onChange: changed,
  });
  const sealing = createSealing(id, {
    ...deps,
    log,
    lastSeq: () => lastSeq,
    longestRetention: deps.clock.longestRetention,
    // The others in a room write on: no key is sealed to that person meanwhile.
    onHeldUp: (person) => suspects.raise(person, false),
  });

  const forgetBefore = (first: number) =>
    Promise.all([history, ...margin.apart()].map((held) => held.forgetBefore(first)));

  /** Takes in the newest records, as far as they are accepted. */
  async function follow(): Promise<void> {
    accepted = await requireListed(book, info, peer, self);
    const { state, cutBy } = accepted;
    recordOrder.check(log.entries());
    lifetime.follow(accepted);
    changed();
    if (!room) return;
    room.follow(state);
    if (cutBy) suspects.raise(cutBy, true);
    changed();
    room.describe(await profiles.require(id));
    changed();
  }

  /** Where the server says that messages begin: what it leaves out is no loss for whoever was out and is in again. */
  async function beginAt(firstSeq: number): Promise<void> {
    if (lifetime.adopt(firstSeq)) return;
    book.forget(id);
    await alarms.guard(follow);
    if (!lifetime.adopt(firstSeq)) alarms.raise("history-mismatch");
  }

  async function review(): Promise<void> {
    alarms.settleIdentity();
    book.forget(id);
    try {
      await alarms.guard(async () => {
        await history.reopen();
        if (peer) await identities.refresh(peer.id);
        await follow();
        await suspects.review();
      });
    } finally {
      changed();
    }
  }

  /** Who else is in a room, and how far they have read. Nobody waits for it. */
  async function meetMembers(): Promise<void> {
    const { members } = await api.get(`/api/conversations/${id}/members`, membersAnswer);
    deps.showPeople(members);
    positions.meet(members);
  }

  return {
    id,
    get peer(): Person | null {
      return peer;
    },

    /** Whether somebody is in it, as far as the records are known. */
    includes: (account: AccountId): boolean =>
      peer?.id === account || (room?.members()?.has(account) ?? false),
    isClosed: () => closed,
    view(): Conversation {
      const loaded = { first: log.first(), last: log.last() };
      const all = room?.isRefused()
        ? heard.view([], 0, { first: 0, last: 0 }, 0)
        : heard.view(messages(), runs.read(), loaded, lastSeq);
      return {
        id,
        kind,
        peer,
        room: room?.view() ?? null,
        ...all,
        // What is only said about messages moves nothing to the top.
        activeAt: all.newest?.at ?? activeAt,
        retentionSeconds: lifetime.ownSeconds(),
        ...alarms.view(),
        mutedUntil: voice.until(),
        canSend:
          !closed && !all.blocked && !alarms.stops() && voice.until() === null && (room?.mayWrite() ?? true),
      };
    },

    timeline(): Timeline | null {
      if (opened === "no") return null;
      const shown = history.shown();
      return { state: opened, ...shown, unreadAfter: runs.read(), ...margin.view(shown) };
    },

    /** The newest message for the list; also the first look at the keys of this conversation. */
    preview: (): Promise<void> =>
      alarms.guard(async () => {
        looked = true;
        if (info.newest && log.entries().length === 0) await log.receive(decodeStoredMessage(info.newest));
        await follow();
        positions.acknowledge();
      }),

    /** How many are unread, and what to show where the newest is no message. */
    count: (): Promise<void> => alarms.guard(() => lookBack.count(isOpen)),

    receive: (message: StoredMessage): Promise<void> =>
      alarms.guard(async () => {
        lastSeq = Math.max(lastSeq, message.seq);
        activeAt = Math.max(activeAt, message.storedAt);
        // What was sent from another browser of one's own has been seen there.
        if (headerOf(message)?.sender === self && message.seq === positions.read() + 1)
          positions.advance(message.seq);
        await history.receive(message);
        positions.acknowledge();
      }),

    /** After a reconnect. @param head where the server says that it stands */
    catchUp: ({ lastSeq: head, recordNumber, firstSeq, ...said }: Head) =>
      alarms.guard(async () => {
        room?.stand(said);
        if (looked && (accepted?.state.number ?? 0) < recordNumber) {
          book.forget(id);
          await (room ? follow() : alarms.guard(follow));
        }
        await beginAt(firstSeq);
        const grown = head > lastSeq;
        lastSeq = Math.max(lastSeq, head);
        await history.skipTo(head);
        if (log.entries().length > 0) await log.catchUp(head);
        else if (grown || looked) await log.loadOlder(lastSeq);
        positions.acknowledge();
        erasing.begin();
        changed();
        if (!isOpen() || said.refused) return;
        if (peer) await identities.require(peer.id);
        // Of a larger one, nobody is told how far the others are.
        if (room && room.view().memberCount <= LIMITS.receiptMembers) meetMembers().catch(() => {});
      }),

    async recordAppended(): Promise<void> {
      if (alarms.isAboutIdentity()) return this.reviewIdentity();
      book.forget(id);
      await alarms.guard(async () => {
        await history.reopen();
        // At hand when the network is not.
        await follow();
      });
    },

    /** Somebody's identity changed, or was accepted: asks again, and opens what waited for that. */
    reviewIdentity(person?: AccountId): Promise<void> {
      if (room && person) suspects.add(person);
      reviewing = reviewing.then(review, review);
      return reviewing;
    },

    async open(): Promise<void> {
      // Another browser of one's own may have accepted it.
      if (opened === "ready" && alarms.isAboutIdentity()) return this.reviewIdentity();
      if (opened === "loading" || opened === "ready" || room?.isRefused()) return;
      opened = "loading";
      const around = margin.load(room ? meetMembers() : Promise.resolve());
      changed();
      try {
        await alarms.guard(async () => {
          if (log.last() < lastSeq && log.entries().length > 0) await log.catchUp(lastSeq);
          await lookBack.screen();
          const unread = runs.read() + 1;
          if (unread < log.first()) await history.reveal(unread);
          // Last: what was written before stays readable whoever the peer is now.
          if (peer) await identities.refresh(peer.id);
        });
        await around;
        opened = "ready";
        positions.acknowledge();
      } catch (error) {
        opened = "failed";
        throw error;
      } finally {
        changed();
      }
    },

    loadOlder: history.loadOlder,
    loadNewer: history.loadNewer,
    reveal: history.reveal,
    toNewest: history.toNewest,
    entries: history.entries,
    loadPinned: (most: number): Promise<void> => alarms.guard(() => margin.loadPinned(most)),

    /** @param upTo not beyond this place */
    markRead(upTo = log.last()): void {
      history.attend();
      if (!positions.advance(Math.min(upTo, log.last()))) return;
      positions.acknowledge();
      changed();
    },

    positions: positions.others,
    refreshPositions: meetMembers,
    /** Others' read places are shown, or not, as one's own are. */
    redraw: changed,

    /** As it goes out: a deletion takes along what is known, and what one still wanted to say about it is not said. */
    async complete(content: RemarkOf<"delete">): Promise<Content> {
      for (const { id: unsent, content: said } of [...outbox.unsent(id)])
        if ("target" in said && said.target.seq === content.target.seq) await outbox.discard(id, unsent);
      return history.withAll(content);
    },

    /** After one's own message was stored. Whatever ends in between, the outbox asks again. @throws AppError */
    finish: (content: Content): Promise<void> =>
      erasing.finish(content, (seq) => log.entries()[seq - log.first()]?.sender),
    applyReceipt: positions.apply,

    /** The conversation as the server lists it now. */
    async applyInfo(now: ConversationInfo): Promise<void> {
      const before = peer?.id;
      peer = peerOf(now, self);
      ({ closed } = now);
      positions.refresh(now.members);
      room?.applyInfo(now);
      voice.mute(now.mutedUntil ?? null);
      await beginAt(now.firstSeq);
      if (closed) await outbox.close(id);
      changed();
      // Not waited for: without it, the room is what it was a moment ago.
      if (room || peer?.id !== before) alarms.guard(follow).catch(() => {});
    },

    /** Name, topic or pins are others now. */
    describe: (): Promise<void> => alarms.guard(follow),
    /** Oneself may not write until then; null: one may again. */
    mute: voice.mute,
    /** What others notice: an account shows life on whose end a record here counts, its history has holes. */
    raise: alarms.raise,

    /** Others are blocked than before: who is not any more, learns how far one has come. */
    reviewBlocked: positions.acknowledge,

    /** Name, status or picture changed. */
    applyPerson(person: Person): void {
      if (person.id !== peer?.id) return;
      peer = person;
      changed();
    },

    /** Before something is sent. A member whose identity changed stops it, as an alert. */
    changeKeyIfDue: (): Promise<void> =>
      alarms.guard(async () => {
        if (peer) await identities.require(peer.id);
        await requireListed(book, info, peer, self);
        await sealing.changeKeyIfDue();
      }),

    /** Whether what was written then is over before it was sent. @param at by this device */
    isOver: async (at: number): Promise<boolean> => {
      await book.require(id).then(lifetime.follow);
      return deps.clock.now(at) <= lifetime.cutoff();
    },

    /** Null where nothing is known of it. */
    remains: (): Remains | null => (room?.isRefused() ? null : remainsOf(lifetime, log.entries(), lastSeq)),
    /** The conversation is not there any more. */
    stop(): void {
      lifetime.stop();
      voice.stop();
    },

    isCurrent: sealing.isCurrent,
    seal: sealing.seal,
  };
}

export type ConversationModel = ReturnType<typeof createConversationModel>;
