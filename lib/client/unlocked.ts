import type { AccountId, ConversationId } from "../base/ids.ts";
import { oneByOne } from "../base/one-by-one.ts";
import { shared } from "../base/shared.ts";
import { AppError, ERRORS } from "../protocol/errors.ts";
import type { ServerTextFrame, StoredMessage } from "../protocol/frames.ts";
import { type ConversationInfo, conversationsAnswer } from "../protocol/http/conversations.ts";
import type { Visibility } from "../protocol/visibility.ts";
import type { RunningParts } from "./account/parts.ts";
import type { Api } from "./api.ts";
import { type ConversationModel, createConversationModel } from "./conversation/conversation.ts";
import { headerOf } from "./conversation/header-of.ts";
import { readOwn } from "./conversation/read-own.ts";
import { createLateFiles } from "./files/late-files.ts";
import { createIdentities } from "./identities.ts";
import { createKeyBook } from "./key-book.ts";
import { createLateMaintenance } from "./late-maintenance.ts";
import { listDiffers } from "./list-differs.ts";
import { type MessengerState, type Person, personOf } from "./model.ts";
import { createBlocked } from "./notes/blocked.ts";
import { createLateNotes } from "./notes/late-notes.ts";
import { createOutbox } from "./outbox.ts";
import { ownTurn } from "./own-turn.ts";
import type { LocalDevice, Platform } from "./platform.ts";
import { createLatePresence } from "./presence/late-presence.ts";
import { createProfiles } from "./profiles.ts";
import { createLateEnding } from "./retention/late-ending.ts";
import { createLateAnswers } from "./rooms/late-answers.ts";
import { createLateSearch } from "./search/late-search.ts";
import { createServerClock } from "./server-clock.ts";
import { withConversation, withoutConversation } from "./shown-list.ts";
import { createSocket } from "./socket.ts";
import { someAtATime } from "./some-at-a-time.ts";
import type { createStore } from "./store.ts";
import type { Vault } from "./vault.ts";

export interface UnlockedDeps {
  readonly api: Api;
  readonly platform: Platform;
  readonly store: ReturnType<typeof createStore<MessengerState>>;
  readonly vault: Vault;
  readonly device: LocalDevice;
  readonly onSignedOut: () => void;
  /** Whether all conversations are looked into, as a list of them needs; without it, those that are asked for. */
  readonly looksAhead: boolean;
}

/** How many conversations look at their keys, or for what is unread, at once after the start. */
const AT_ONCE = 4;

/** The messenger with its keys at hand: conversations, the socket that feeds them, the outbox that sends. */
export function createUnlocked(deps: UnlockedDeps) {
  const { api, platform, store, vault, device, onSignedOut, looksAhead } = deps;
  const models = new Map<ConversationId, ConversationModel>();
  const clock = createServerClock(platform.now);
  const identities = createIdentities(api, vault, platform.now, (conversation) =>
    models.get(conversation)?.raise("living-owner"),
  );
  const book = createKeyBook(api, vault, identities, platform.storage);
  const profiles = createProfiles(api, book);
  const socket = createSocket(platform, api, {
    onState: (connection) => store.set({ connection }),
    onMessage: (message) => receive(message).catch(waitForReconnect),
    onText: (frame) => handleText(frame).catch(waitForReconnect),
    onSignedOut,
  });
  const presence = createLatePresence({ platform, store, socket, account: vault.account });
  const outbox = createOutbox({
    platform,
    account: vault.account,
    socket,
    seal: (conversation, message, content) => require(conversation).seal(message, content),
    read: (conversation, envelope) => readOwn(book, conversation, envelope),
    refresh: (conversation) => book.forget(conversation),
    async onStored(conversation, { envelope, content }, { seq, storedAt }) {
      const model = require(conversation);
      search.arrived({ seq, storedAt, envelope });
      presence.wrote(conversation, vault.account);
      await model.receive({ seq, storedAt, envelope });
      await model.finish(content);
    },
    prepare: (conversation) => require(conversation).changeKeyIfDue(),
    isCurrent: (conversation, envelope) => require(conversation).isCurrent(envelope),
    isOver: (conversation, queuedAt) => require(conversation).isOver(queuedAt),
    mayFlow: (conversation) => require(conversation).view().canSend,
    onRemoved: (scheduled) => files.settle(scheduled),
    onChange: refresh,
  });
  /** In order: of two answers that cross, the older one would take away what is new. */
  const inOrder = oneByOne();
  const meetNew = shared(() => relist());
  /** Whether the list is from before the first connection, and from no longer ago. */
  let isFresh = true;
  let stopped = false;
  const search = createLateSearch(() => parts);
  const files = createLateFiles(() => parts);
  const maintenance = createLateMaintenance(() => parts);
  const notes = createLateNotes(() => parts);
  const answers = createLateAnswers(() => parts);
  const ending = createLateEnding(
    () => parts,
    (id) => models.get(id)?.remains() ?? null,
  );
  const blocked = createBlocked({ store, vault, models, startNotes: notes.start, onChange: refresh });

  /** What arrived could not be taken in: connect anew, and fetch what is missing at the next `ready`. */
  function waitForReconnect(error: unknown): void {
    if (!(error instanceof AppError)) return;
    if (error.code === "signed-out") onSignedOut();
    else if (ERRORS[error.code].retryable) socket.reconnect();
  }

  function refresh(conversation: ConversationId): void {
    const model = models.get(conversation);
    if (!model) return;
    store.set(withConversation(store.get(), model.view(), model.timeline()));
  }

  function add(info: ConversationInfo): ConversationModel {
    const model = createConversationModel(info, {
      api,
      platform,
      clock,
      vault,
      device,
      identities,
      book,
      profiles,
      socket,
      outbox,
      isNamed: (account) => store.get().people.has(account),
      showsReads: () => store.get().visibility?.readStates ?? true,
      isBlocked: blocked.includes,
      showPeople,
      onChange: refresh,
      onGone(conversation, first) {
        search.expired(conversation, first);
        ending.begin(conversation);
        outbox.expire(conversation).catch(() => {});
      },
    });
    models.set(info.id, model);
    refresh(info.id);
    return model;
  }

  function showPeople(people: readonly Person[]): void {
    const known = new Map(store.get().people);
    for (const person of people) {
      known.set(person.id, personOf(person));
      if (!person.deleted) identities.seeAlive(person.id);
    }
    store.set({ people: known });
  }

  /** Adds the conversations that are new here, takes away those that are gone, and looks who is in the others. */
  function fetchConversations(): Promise<ConversationModel[]> {
    return inOrder(fetchList);
  }

  async function fetchList(): Promise<ConversationModel[]> {
    const { conversations, waiting, ...standing } = await api.get("/api/conversations", conversationsAnswer);
    store.set(clock.learn(standing));
    showPeople(conversations.flatMap(({ members }) => members));
    for (const { id, profile } of conversations) profiles.offer(id, profile);
    await Promise.all(conversations.map((info) => models.get(info.id)?.applyInfo(info)));
    const here = new Set(conversations.map(({ id }) => id));
    for (const id of [...models.keys()]) if (!here.has(id)) await remove(id);
    const added = conversations.filter(({ id }) => !models.has(id)).map(add);
    if (store.get().conversations === null) store.set({ conversations: [] });
    store.set({ waiting });
    return added;
  }

  /** One is not in it any more, or it was deleted: nothing of it stays, not even what was to be sent. */
  async function remove(conversation: ConversationId): Promise<void> {
    models.get(conversation)?.stop();
    models.delete(conversation);
    book.drop(conversation);
    profiles.drop(conversation);
    for (const { id } of [...outbox.unsent(conversation)]) await outbox.discard(conversation, id);
    store.set(withoutConversation(store.get(), conversation));
  }

  /** Opens each one's newest message for the list, most recent first. */
  async function preview(added: readonly ConversationModel[]): Promise<void> {
    if (!looksAhead) return;
    const newestFirst = added.toSorted((a, b) => b.view().activeAt - a.view().activeAt);
    await someAtATime(newestFirst, AT_ONCE, (model) => model.preview().catch(waitForReconnect));
    // Nobody waits for it to use a conversation.
    void someAtATime(newestFirst, AT_ONCE, async (model) => {
      await model.count().catch(waitForReconnect);
      ending.begin(model.id);
    });
  }

  async function receive(message: StoredMessage): Promise<void> {
    const { conversation, sender } = headerOf(message) ?? {};
    if (!conversation || !sender) return;
    identities.seeAlive(sender);
    search.arrived(message);
    presence.wrote(conversation, sender);
    if (!models.has(conversation)) await meetNew();
    if (!models.has(conversation)) await relist();
    await models.get(conversation)?.receive(message);
  }

  async function catchUp(heads: Extract<ServerTextFrame, { type: "ready" }>["heads"]): Promise<void> {
    // More may have changed than a head says: rooms, and how far others have read.
    const outdated = !isFresh;
    isFresh = false;
    if (outdated || listDiffers(models, heads)) await preview(await fetchConversations());
    await Promise.all(
      heads.map((head) => models.get(head.conversation)?.catchUp(head).catch(waitForReconnect)),
    );
    for (const { conversation, requests } of heads) if (requests > 0) answers.begin(conversation);
    for (const { conversation } of heads) ending.begin(conversation);
  }

  /** A record that one is told of may be the one by which one is out. */
  async function recordAppended(conversation: ConversationId): Promise<void> {
    const model = models.get(conversation);
    if (model) {
      try {
        await model.recordAppended();
        return;
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== "not-found") throw error;
      }
    }
    await preview(await fetchConversations());
  }

  async function handleText(frame: ServerTextFrame): Promise<void> {
    switch (frame.type) {
      case "ready": {
        // What happened meanwhile was told to nobody here.
        identities.forgetAll();
        store.set({ ...clock.learn(frame), announcements: frame.announcements });
        search.refresh();
        void vault.followAll(frame.vaultWrites).catch(waitForReconnect);
        applyVisibility(frame.visibility);
        try {
          await catchUp(frame.heads);
        } finally {
          // Whatever could not be fetched in one conversation holds up no message of another.
          await outbox.resume();
          files.resume();
        }
        break;
      }
      case "receipt":
        models.get(frame.conversation)?.applyReceipt(frame.account, frame);
        break;
      case "record":
        await ownTurn(frame.audience);
        search.retry(frame.conversation);
        await recordAppended(frame.conversation);
        break;
      case "closed":
        // Of a room, the list says that it is gone.
        if (models.get(frame.conversation)?.peer) await models.get(frame.conversation)?.recordAppended();
        await preview(await fetchConversations());
        break;
      case "profile":
        await ownTurn(frame.audience);
        profiles.forget(frame.conversation);
        await models.get(frame.conversation)?.describe();
        break;
      case "join-request":
        answers.begin(frame.conversation);
        break;
      case "muted":
        models.get(frame.conversation)?.mute(frame.until);
        break;
      case "person":
        // The picture is asked for by the browser itself, which cannot renew a stale cookie.
        if (frame.person.picture) await api.renewSession(false);
        showPeople([frame.person]);
        if (frame.person.id === vault.account) store.set({ me: frame.person });
        for (const model of models.values()) model.applyPerson(frame.person);
        break;
      case "presence":
      case "typing":
        presence.heard(frame);
        break;
      case "visibility":
        applyVisibility(frame.visibility);
        break;
      case "announcements":
        store.set({ announcements: frame.announcements });
        break;
      case "notice":
        store.set({ news: store.get().news + 1 });
        break;
      case "identity":
        await reviewIdentity(frame.account);
        break;
      case "vault":
        await vault.refresh();
        maintenance.start();
        break;
      case "vault-entry":
        await vault.follow(frame.entry, frame.counter);
        break;
    }
  }

  function require(conversation: ConversationId): ConversationModel {
    const model = models.get(conversation);
    if (!model) throw new AppError("not-found", "no such conversation");
    return model;
  }

  function applyVisibility(visibility: Visibility): void {
    const before = store.get().visibility;
    store.set({ visibility });
    if (!before || before.readStates === visibility.readStates) return;
    for (const model of models.values()) model.redraw();
    if (!visibility.readStates) return;
    // What was not shown until now is asked for.
    fetchConversations().catch(waitForReconnect);
    for (const id of store.get().timelines.keys()) require(id).refreshPositions().catch(waitForReconnect);
  }

  async function reviewIdentity(account: AccountId): Promise<void> {
    const theirs = [...models.values()].filter((model) => model.includes(account));
    await Promise.all(theirs.map((model) => model.reviewIdentity(account)));
    for (const { id } of theirs) search.retry(id);
    await showVerified();
    await outbox.resume();
  }

  async function showVerified(): Promise<void> {
    store.set({ verified: await identities.pins.verified() });
  }

  const reopen = async (conversation: ConversationId) => models.get(conversation)?.recordAppended();
  const sharedWith = (account: AccountId) =>
    [...models.values()].filter((model) => model.includes(account)).map(({ id }) => id);
  const say: RunningParts["say"] = async (conversation, ...given) =>
    require(conversation).view().canSend && outbox.add(conversation, ...given).then(() => true);
  const relist = async () => preview(await fetchConversations());
  const parts: RunningParts = {
    ...{ api, platform, clock, store, vault, device, identities, book, profiles },
    ...{ sharedWith, relist, reopen, say, reviewIdentity },
  };

  return {
    parts,
    outbox,
    presence,
    files: files.start,
    search: search.start,
    notes: notes.start,
    require,
    find: (conversation: ConversationId) => models.get(conversation),

    /** Resolves when the list is there; keys and previews follow. */
    async start(): Promise<void> {
      const [added] = await Promise.all([fetchConversations(), blocked.read()]);
      if (stopped) return;
      void preview(added);
      void showVerified();
      socket.start();
      maintenance.start();
      platform.whenIdle(() => {
        if (stopped) return;
        presence.start();
        // Not loaded, or no index here: whoever searches hears of it.
        notes.start().catch(() => {});
        files.start().catch(() => {});
        search.start().catch(() => {});
      });
    },

    stop(): void {
      stopped = true;
      const others = [answers, files, maintenance, search, notes, presence, outbox, socket];
      for (const part of [...models.values(), ...others]) part.stop();
      blocked.stop();
    },

    async startDirect(peer: AccountId): Promise<ConversationId> {
      const existing = [...models.values()].find((model) => model.peer?.id === peer);
      if (existing) return existing.id;
      const { startDirect } = await import("./start-direct.ts");
      const conversation = await startDirect({ api, vault, identities, platform }, peer);
      await preview(await fetchConversations());
      return conversation;
    },
  };
}

export type Unlocked = ReturnType<typeof createUnlocked>;
