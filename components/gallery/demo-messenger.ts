import type { Conversation, Message, Messenger, MessengerState, Timeline } from "@/lib/client/model";
import { DEFAULT_SETTINGS } from "@/lib/client/model-notes";
import { AppError } from "@/lib/protocol/errors";
import { conversation, conversationId, ME, message, mintSeq, PEOPLE } from "./demo-data";
import { createDemoNotes } from "./demo-notes";
import { createDemoRooms } from "./demo-rooms";
import { applySaid, asMessage, withAnswer } from "./demo-saying";
import type { Scene } from "./demo-scene";

type ConversationId = Conversation["id"];

const PAGE = 50;
const ALL = { hasNewer: false, newer: "idle", lines: [], pinned: [] } as const;

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A messenger that talks to nobody: what is sent is "read" soon, and answered. For the gallery only. */
export function createDemoMessenger(scene: Scene): Messenger {
  const listeners = new Set<() => void>();
  const older = new Map<ConversationId, readonly Message[]>();
  let state: MessengerState = {
    phase: "ready",
    connection: scene.connection ?? "online",
    me: ME,
    role: "administrator",
    conversations: scene.conversations,
    people: new Map([ME, ...PEOPLE, ...(scene.people ?? [])].map((person) => [person.id, person])),
    waiting: scene.waiting ?? [],
    verified: new Set(),
    longestRetention: scene.longestRetention ?? 0,
    largestFile: 100 * 1024 * 1024,
    selfTest: null,
    timelines: new Map(),
    uploads: [],
    announcements: scene.announcements ?? [],
    news: 0,
    notes: new Map(),
    settings: DEFAULT_SETTINGS,
    visibility: { availability: "automatic", readStates: true, typing: true },
    presences: scene.presences ?? new Map(),
    writing: scene.writing ?? [],
  };

  const change = (parts: Partial<MessengerState>): void => {
    state = { ...state, ...parts };
    for (const listener of listeners) listener();
  };
  const rooms = createDemoRooms(scene.rooms ?? new Map(), () => state, change);
  const notes = createDemoNotes(() => state, change);
  const changeTimeline = (id: ConversationId, parts: Partial<Timeline>): void => {
    const before = state.timelines.get(id);
    if (before) change({ timelines: new Map(state.timelines).set(id, { ...before, ...parts }) });
  };
  const changeConversation = (id: ConversationId, parts: Partial<Conversation>): void => {
    const list = (state.conversations ?? []).map((one) => (one.id === id ? { ...one, ...parts } : one));
    change({ conversations: list.sort((a, b) => b.activeAt - a.activeAt) });
  };
  const messagesOf = (id: ConversationId): readonly Message[] => state.timelines.get(id)?.messages ?? [];
  const append = (id: ConversationId, added: Message): void => {
    changeTimeline(id, { messages: withAnswer(messagesOf(id), added) });
    changeConversation(id, { newest: added, activeAt: added.at });
  };
  const update = (id: ConversationId, which: Message, parts: Partial<Message>): Message => {
    const changed = { ...which, ...parts };
    changeTimeline(id, { messages: messagesOf(id).map((one) => (one.id === which.id ? changed : one)) });
    changeConversation(id, { newest: changed });
    return changed;
  };
  const deliver = async (id: ConversationId, sent: Message): Promise<void> => {
    await wait(300);
    const stored = update(id, sent, { delivery: "stored", seq: mintSeq() });
    await wait(400);
    const delivered = update(id, stored, { delivery: "delivered" });
    await wait(600);
    update(id, delivered, { delivery: "read" });
    if (sent.body.kind !== "text") return;
    append(id, message({ body: `You said: ${sent.body.text}`, thread: sent.thread }));
  };

  return {
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: () => (scene.start ? scene.start() : Promise.resolve()),
    stop: () => undefined,
    files: () => Promise.reject(new Error("no files in the gallery")),
    openConversation: async (id) => {
      if (state.timelines.has(id)) return;
      const found = scene.timelines.get(id);
      if (found === "loading") return;
      if (found === "failed") {
        const empty = { messages: [], hasOlder: false, older: "idle", unreadAfter: 0, ...ALL } as const;
        change({ timelines: new Map(state.timelines).set(id, { state: "failed", ...empty }) });
        return;
      }
      const all = found ?? [];
      const shown = all.slice(-PAGE);
      older.set(id, all.slice(0, -PAGE));
      const unread = state.conversations?.find((one) => one.id === id)?.unread ?? 0;
      const unreadAfter = shown.at(-unread - 1)?.seq ?? 0;
      const ready: Timeline = {
        state: "ready",
        messages: shown,
        hasOlder: all.length > PAGE,
        older: "idle",
        unreadAfter,
        ...ALL,
        ...scene.margins?.get(id),
      };
      change({ timelines: new Map(state.timelines).set(id, ready) });
    },
    loadOlder: async (id) => {
      changeTimeline(id, { older: "loading" });
      await wait(500);
      const rest = older.get(id) ?? [];
      older.set(id, rest.slice(0, -PAGE));
      changeTimeline(id, {
        messages: [...rest.slice(-PAGE), ...messagesOf(id)],
        hasOlder: rest.length > PAGE,
        older: "idle",
      });
    },
    loadNewer: async () => undefined,
    toNewest: () => undefined,
    markRead: (id) => changeConversation(id, { unread: 0 }),
    reveal: async () => undefined,
    loadPinned: async () => undefined,
    positions: () => new Map(),
    refreshPositions: async () => undefined,
    watch: () => () => undefined,
    writes: () => undefined,
    setRetention: async (id, retentionSeconds) => changeConversation(id, { retentionSeconds }),
    send: async (id, content) => {
      const said = applySaid(messagesOf(id), content, ME.id);
      if (said) changeTimeline(id, { messages: said });
      const sent = asMessage(messagesOf(id), content);
      if (!sent) return;
      append(id, sent);
      if (state.connection !== "offline") void deliver(id, sent);
    },
    retry: async (id, which) => {
      const failed = messagesOf(id).find((one) => one.id === which);
      if (failed) void deliver(id, update(id, failed, { delivery: "pending", failure: null }));
    },
    discard: async (id, which) => {
      changeTimeline(id, { messages: messagesOf(id).filter((one) => one.id !== which) });
    },
    findPeople: async (query) => {
      await wait(250);
      if (query.startsWith("fail")) throw new AppError("offline");
      const wanted = query.toLowerCase();
      return PEOPLE.filter(({ name, displayName }) =>
        `${name} ${displayName}`.toLowerCase().includes(wanted),
      );
    },
    startDirect: async (peer) => {
      await wait(200);
      const id = conversationId(peer);
      const known = state.conversations?.some((one) => one.id === id);
      if (!known) change({ conversations: [conversation(peer, null), ...(state.conversations ?? [])] });
      return id;
    },
    rooms: async () => rooms,
    reports: () => Promise.reject(new AppError("offline", "the gallery has nobody to report to")),
    search: () => Promise.reject(new AppError("offline", "the gallery has nothing to find")),
    drafts: async () => notes.drafts,
    notes: async () => notes,
    account: () => Promise.reject(new AppError("offline", "the gallery has no account")),
    signOut: async () => change({ phase: "signed-out" }),
  };
}
