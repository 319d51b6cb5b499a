import type { ConversationId } from "../../base/ids.ts";
import type { Messenger } from "../model.ts";
import { type Arrival, createArrivals } from "../notifications/arrivals.ts";
import { isTold } from "../notifications/rules.ts";
import { canNotify } from "./use-notification-permission.ts";
import { isPageActive } from "./use-page-active.ts";

export type { Arrival } from "../notifications/arrivals.ts";

/** What comes within this time is told together. */
const GATHER_MS = 300;
/** From so many conversations at once it is told as one. */
const MANY = 4;
const LEADER = "sceau:notifier";
const LOOKING = "sceau:looking";

export interface NotificationWords {
  readonly title: string;
  readonly body: string;
}

interface NotifierDeps {
  /** Somebody looks at this page, and at something else in it. */
  toast(arrivals: readonly Arrival[]): void;
  words(arrival: Arrival): NotificationWords;
  summary(arrivals: readonly Arrival[]): NotificationWords;
  /** The conversation in sight. */
  shown(): ConversationId | null;
  /** Shows what was told of, after a press on it. */
  open(arrival: Arrival | null): void;
}

/**
 * Tells what arrives: to whoever looks at this page by `toast`; while nobody looks at any page of this browser by the
 * browser's notifications, from one of its tabs. @returns ends it
 */
export function startNotifier(messenger: Messenger, deps: NotifierDeps): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const look = createArrivals(messenger.getState(), Date.now);
  const gathered = new Map<ConversationId, Arrival>();
  const notifications = new Map<ConversationId | null, Notification>();
  let leads = !navigator.locks;
  let timer: ReturnType<typeof setTimeout> | undefined;

  hold(LEADER, "exclusive", signal, () => {
    leads = true;
  });
  const forgetLooking = holdWhileLooking(signal);

  function unread(conversation: ConversationId): number {
    return messenger.getState().conversations?.find(({ id }) => id === conversation)?.unread ?? 0;
  }

  function changed(): void {
    const state = messenger.getState();
    for (const arrival of look(state)) {
      const { conversation, message, mentioned } = arrival;
      const chosen = { settings: state.settings, now: Date.now() };
      const notes = state.notes.get(conversation.id);
      if (!isTold(message, mentioned, notes ? { ...chosen, notes } : chosen)) continue;
      gathered.set(conversation.id, arrival);
      timer ??= setTimeout(tell, GATHER_MS);
    }
    // Read, here or in another browser.
    for (const [id, notification] of notifications) if (id && unread(id) === 0) notification.close();
  }

  function tell(): void {
    timer = undefined;
    const arrivals = [...gathered.values()].filter(({ conversation: { id } }) => unread(id) > 0);
    gathered.clear();
    if (isPageActive()) {
      const elsewhere = arrivals.filter(({ conversation: { id } }) => id !== deps.shown());
      if (elsewhere.length > 0) deps.toast(elsewhere);
    } else if (leads && arrivals.length > 0) {
      void notify(arrivals);
    }
  }

  async function notify(arrivals: readonly Arrival[]): Promise<void> {
    if (!canNotify() || Notification.permission !== "granted") return;
    if (await isSomebodyLooking()) return;
    if (arrivals.length >= MANY) show(null, deps.summary(arrivals));
    else for (const arrival of arrivals) show(arrival, deps.words(arrival));
  }

  /** One for each conversation: a newer one takes the place of the one before. */
  function show(arrival: Arrival | null, { title, body }: NotificationWords): void {
    const id = arrival?.conversation.id ?? null;
    const notification = new Notification(title, { body, tag: id ?? "many", icon: "/icons/icon-192.png" });
    notifications.set(id, notification);
    notification.onclick = () => {
      window.focus();
      notification.close();
      deps.open(arrival);
    };
    notification.onclose = () => {
      if (notifications.get(id) === notification) notifications.delete(id);
    };
  }

  const forget = messenger.subscribe(changed);
  return () => {
    forget();
    forgetLooking();
    clearTimeout(timer);
    ending.abort();
  };
}

/** Takes a lock when it is free, and gives it back when `signal` says so or the tab ends. */
function hold(name: string, mode: LockMode, signal: AbortSignal, taken: () => void = () => {}): void {
  const ended = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
  navigator.locks
    ?.request(name, { mode, signal }, () => {
      taken();
      return ended;
    })
    .catch(() => undefined);
}

/** So that another tab can tell that somebody looks at this one. */
function holdWhileLooking(signal: AbortSignal): () => void {
  let looking: AbortController | null = null;
  const look = (): void => {
    const active = isPageActive() && !signal.aborted;
    if (active && !looking) {
      looking = new AbortController();
      hold(LOOKING, "shared", looking.signal);
    } else if (!active) {
      looking?.abort();
      looking = null;
    }
  };
  for (const event of ["focus", "blur", "visibilitychange"]) window.addEventListener(event, look, { signal });
  look();
  return () => looking?.abort();
}

async function isSomebodyLooking(): Promise<boolean> {
  const locks = await navigator.locks?.query();
  return locks?.held?.some(({ name }) => name === LOOKING) ?? false;
}
