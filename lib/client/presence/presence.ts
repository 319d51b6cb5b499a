import type { AccountId, ConversationId } from "../../base/ids.ts";
import type { ServerTextFrame } from "../../protocol/frames.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { MessengerState, Watched } from "../model.ts";
import type { Platform } from "../platform.ts";
import type { Socket } from "../socket.ts";
import type { createStore } from "../store.ts";
import { followActivity } from "./activity.ts";
import { createWriting } from "./writing.ts";

/** How long a change of what is looked at waits for company: a list that scrolls changes row by row. */
const LOOK_MS = 200;

export interface PresenceDeps {
  readonly platform: Platform;
  readonly store: ReturnType<typeof createStore<MessengerState>>;
  readonly socket: Pick<Socket, "sendText">;
  readonly account: AccountId;
}

export type PresenceFrame = Extract<ServerTextFrame, { type: "presence" | "typing" }>;

/** Says whether somebody is here and what is looked at, and keeps in the state what the server says of others. */
export function startPresence({ platform, store, socket, account }: PresenceDeps) {
  const looks = new Set<Watched>();
  const writing = createWriting({
    self: account,
    now: platform.now,
    onChange: (people) => store.set({ writing: people }),
  });
  let active = true;
  let sent = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  let { connection } = store.get();
  let { blocked } = store.get().settings;

  const forgetActivity = followActivity(platform, (now) => {
    active = now;
    socket.sendText({ type: "activity", active });
  });

  /** Says what is looked at now, unless the server knows. */
  function look(): void {
    timer = undefined;
    // Of too many, those that came last: what was shown earlier may be out of sight.
    const all = [...new Set([...looks].flatMap(({ people = [] }) => people))].slice(-LIMITS.watchedPeople);
    const conversation = [...looks].findLast((one) => one.conversation)?.conversation ?? null;
    writing.look(conversation);
    const frame = { type: "watch", people: all, conversation } as const;
    const text = JSON.stringify(frame);
    if (text === sent || store.get().connection !== "online") return;
    sent = text;
    const watched = new Set(all);
    const known = [...store.get().presences].filter(([person]) => watched.has(person));
    if (known.length < store.get().presences.size) store.set({ presences: new Map(known) });
    socket.sendText(frame);
  }

  function lookSoon(): void {
    timer ??= setTimeout(look, LOOK_MS);
  }

  /** First of all that is said: nobody is seen by whom they have blocked, nor sees them. */
  function hide(): void {
    if (connection === "online") socket.sendText({ type: "hide", people: blocked.slice(-LIMITS.hiddenFrom) });
  }

  /** A new socket knows nothing; without one, nothing is known here. */
  const forgetState = store.subscribe(() => {
    const { connection: now, settings } = store.get();
    const isHidden = settings.blocked === blocked;
    blocked = settings.blocked;
    if (now === connection) {
      if (!isHidden) hide();
      return;
    }
    connection = now;
    sent = "";
    if (now === "online") {
      hide();
      if (!active) socket.sendText({ type: "activity", active });
      look();
    } else {
      writing.look(null);
      store.set({ presences: new Map() });
    }
  });

  hide();

  return {
    /** @returns what ends it */
    watch(watched: Watched): () => void {
      looks.add(watched);
      lookSoon();
      return () => {
        looks.delete(watched);
        lookSoon();
      };
    },

    /** This person is writing: said at most every few seconds, and not by who does not show it. */
    writes(conversation: ConversationId): void {
      const { visibility } = store.get();
      if (!visibility?.typing || visibility.availability === "invisible") return;
      if (writing.take(conversation)) socket.sendText({ type: "typing", conversation });
    },

    /** A message of that person is here. */
    wrote: writing.wrote,

    heard(frame: PresenceFrame): void {
      if (frame.type === "typing") {
        writing.heard(frame.conversation, frame.people);
        return;
      }
      const presences = new Map(store.get().presences);
      for (const { account: person, presence } of frame.people) presences.set(person, presence);
      store.set({ presences });
    },

    stop(): void {
      clearTimeout(timer);
      forgetActivity();
      forgetState();
      writing.look(null);
    },
  };
}

export type RunningPresence = ReturnType<typeof startPresence>;
