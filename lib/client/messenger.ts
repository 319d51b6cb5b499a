import type { ConversationId, DeviceId } from "../base/ids.ts";
import { CryptoError } from "../crypto/errors.ts";
import { type Content, decodeContent, encodeContent } from "../protocol/content.ts";
import { AppError, ERRORS } from "../protocol/errors.ts";
import { meAnswer, peopleAnswer } from "../protocol/http/accounts.ts";
import { LIMITS } from "../protocol/limits.ts";
import { createApi } from "./api.ts";
import { signOut } from "./auth-actions.ts";
import { browserPlatform } from "./browser-platform.ts";
import type { Messenger, MessengerState } from "./model.ts";
import { DEFAULT_SETTINGS } from "./model-notes.ts";
import type { Platform } from "./platform.ts";
import { stateAfter } from "./socket.ts";
import { createStore } from "./store.ts";
import { unlockWithDevice } from "./unlock.ts";
import { createUnlocked, type Unlocked } from "./unlocked.ts";

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;
/** While the person does something, the session is told so this often. */
const RENEW_MS = 5 * 60_000;

const INITIAL: MessengerState = {
  phase: "starting",
  connection: "connecting",
  me: null,
  role: "member",
  conversations: null,
  people: new Map(),
  waiting: [],
  verified: new Set(),
  longestRetention: 0,
  largestFile: 0,
  selfTest: null,
  timelines: new Map(),
  uploads: [],
  announcements: [],
  news: 0,
  notes: new Map(),
  settings: DEFAULT_SETTINGS,
  visibility: null,
  presences: new Map(),
  writing: [],
};

/** From "is anybody signed in here?" to a running messenger; every way on from there is one of `unlocked`. */
export function createMessenger(
  platform: Platform = browserPlatform(),
  /** For what runs without views, and so without a list of all: what works once this device is unlocked, each time it is. */
  onUnlocked?: (unlocked: Unlocked) => void,
): Messenger {
  const api = createApi(platform);
  const store = createStore(INITIAL);
  let unlocked: Unlocked | null = null;
  let stopped = true;
  let leaving: { socketEnded: boolean } | null = null;
  let renewedAt = 0;
  let forgetActivity = () => {};

  /** One try. @returns false when the network or the server was away: worth another */
  async function tryStart(): Promise<boolean> {
    try {
      const account = await api.renewSession(true);
      if (!account) return enter("signed-out");
      const { account: me, hasKeys, role } = await api.get("/api/me", meAnswer);
      store.set({ me, role });
      if (!hasKeys) {
        const { requireKeyless } = await import("./require-keyless.ts");
        await requireKeyless(platform, account);
        return enter("keyless");
      }
      const opened = await unlockWithDevice(api, platform, account);
      if (!opened) return enter("locked");
      if (!(await isKnownDevice(opened.device.device))) return enter("locked");
      if (stopped) return true;
      unlocked = createUnlocked({ api, platform, store, ...opened, onSignedOut, looksAhead: !onUnlocked });
      onUnlocked?.(unlocked);
      await unlocked.start();
      return stopped || enter("ready");
    } catch (error) {
      unlocked?.stop();
      unlocked = null;
      if (error instanceof AppError && error.code === "signed-out") return enter("signed-out");
      // An old or changed vault is no reason to ask for the recovery code: that would open the same one.
      if (error instanceof CryptoError) throw new AppError("vault-refused", error.message);
      if (!(error instanceof AppError) || !ERRORS[error.code].retryable) throw error;
      store.set({ connection: stateAfter(error) });
      return false;
    }
  }

  function onSignedOut(): void {
    if (leaving) leaving.socketEnded = true;
    else enter("signed-out");
  }

  /** The server ends the socket before it answers `end`, after which there is more to do than leave the page. */
  async function leave(
    end: () => Promise<void>,
    { forget, phase }: { forget: boolean; phase: "signed-out" | "deleted" },
  ): Promise<void> {
    const account = store.get().me?.id;
    const going = { socketEnded: false };
    leaving = going;
    try {
      await end();
      unlocked?.stop();
      unlocked = null;
      if (forget && account) await platform.storage.erase(account);
      enter(phase);
    } catch (error) {
      // The session ended otherwise meanwhile, as by another tab that did the same.
      const ended = going.socketEnded || (error instanceof AppError && error.code === "signed-out");
      if (ended) enter("signed-out");
      throw error;
    } finally {
      leaving = null;
    }
  }

  async function isKnownDevice(device: DeviceId): Promise<boolean> {
    try {
      await api.send("PUT", "/api/devices/current", { device });
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === "not-found") return false;
      throw error;
    }
  }

  function enter(phase: MessengerState["phase"]): true {
    if (phase === "signed-out") unlocked?.stop();
    store.set({ phase });
    return true;
  }

  function requireUnlocked(): Unlocked {
    if (!unlocked) throw new AppError("signed-out", "not ready");
    return unlocked;
  }

  return {
    getState: store.get,
    subscribe: store.subscribe,

    async start() {
      if (!stopped) return;
      stopped = false;
      forgetActivity = platform.onActivity(() => {
        if (platform.now() - renewedAt < RENEW_MS) return;
        renewedAt = platform.now();
        api.renewSession(true).catch(() => {
          renewedAt = 0;
        });
      });
      for (
        let delay = FIRST_DELAY_MS;
        !stopped && !(await tryStart());
        delay = Math.min(delay * 2, LONGEST_DELAY_MS)
      ) {
        await wakeOrWait(platform, delay);
      }
    },

    stop() {
      stopped = true;
      forgetActivity();
      unlocked?.stop();
      unlocked = null;
    },

    openConversation: async (conversation) => requireUnlocked().require(conversation).open(),
    reveal: async (conversation, seq) => requireUnlocked().require(conversation).reveal(seq),
    loadOlder: async (conversation) => requireUnlocked().require(conversation).loadOlder(),
    loadNewer: async (conversation) => requireUnlocked().require(conversation).loadNewer(),
    toNewest: (conversation) => unlocked?.find(conversation)?.toNewest(),
    loadPinned: async (conversation, most) => requireUnlocked().require(conversation).loadPinned(most),
    positions: (conversation) => requireUnlocked().require(conversation).positions(),
    refreshPositions: async (conversation) => requireUnlocked().require(conversation).refreshPositions(),
    watch: (watched) => unlocked?.presence.watch(watched) ?? (() => {}),
    writes: (conversation) => unlocked?.presence.writes(conversation),
    markRead: (conversation: ConversationId) => unlocked?.find(conversation)?.markRead(),

    async send(conversation, content) {
      const running = requireUnlocked();
      requireSendable(content);
      const model = running.require(conversation);
      if (!model.view().canSend) throw new AppError("conflict", "sending is stopped");
      // Whoever writes has seen what stands above.
      model.markRead();
      const isShownBelow = content.type === "text" ? !content.thread : content.type === "poll";
      if (isShownBelow) model.toNewest();
      await running.outbox.add(
        conversation,
        content.type === "delete" ? await model.complete(content) : content,
      );
    },

    async retry(conversation, message) {
      const { outbox, files } = requireUnlocked();
      const found = outbox.unsent(conversation).find(({ id }) => id === message);
      const isHere =
        found?.failure === "file-missing" &&
        found.scheduled &&
        (await (await files()).resend(found.scheduled));
      await outbox[isHere ? "discard" : "retry"](conversation, message);
    },
    discard: async (conversation, message) => requireUnlocked().outbox.discard(conversation, message),

    async findPeople(query) {
      const q = query.trim().slice(0, LIMITS.searchChars.max);
      if (!q) return [];
      return (await api.get(`/api/people?q=${encodeURIComponent(q)}`, peopleAnswer)).people;
    },

    startDirect: (person) => requireUnlocked().startDirect(person.id),

    async setRetention(conversation, seconds) {
      const { parts } = requireUnlocked();
      const { setRetention } = await import("./retention/set-retention.ts");
      await setRetention(parts, conversation, seconds);
    },

    async rooms() {
      const { parts } = requireUnlocked();
      const { createRooms } = await import("./rooms/rooms.ts");
      return createRooms(parts);
    },

    notes: async () => requireUnlocked().notes(),
    drafts: async () => (await requireUnlocked().notes()).drafts,

    files: async () => requireUnlocked().files(),
    search: async () => requireUnlocked().search(),

    async reports() {
      const { parts, require } = requireUnlocked();
      const { createReports } = await import("./reports/reports.ts");
      return createReports({ ...parts, entries: (conversation) => require(conversation).entries() });
    },

    async account() {
      const { parts } = requireUnlocked();
      const { createAccount } = await import("./account/account.ts");
      const depart = (end: () => Promise<void>) => leave(end, { forget: true, phase: "deleted" });
      return createAccount({ ...parts, depart });
    },

    signOut: ({ forget }) => leave(() => signOut(api), { forget, phase: "signed-out" }),
  };
}

/** What others could not read never leaves. @throws AppError "too-large", "bad-request" */
function requireSendable(content: Content): void {
  if ("text" in content && (!content.text.trim() || content.text.length > LIMITS.messageChars))
    throw new AppError("too-large", "length of the text");
  if (!decodeContent(encodeContent(content))) throw new AppError("bad-request", `a ${content.type}`);
}

function wakeOrWait(platform: Platform, delay: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, delay);
    const forget = platform.onConnectivity({ wake: done });
    function done(): void {
      clearTimeout(timer);
      forget();
      resolve();
    }
  });
}
