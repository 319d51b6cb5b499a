import type { Conversation, Message } from "@/lib/client/model";
import { AppError } from "@/lib/protocol/errors";
import {
  BOB,
  chat,
  conversation,
  conversationId,
  discussed,
  EVE,
  history,
  LI,
  LONG,
  MARYAM,
  message,
  troubled,
  ZOE,
} from "./demo-data";

import { roomsScene } from "./demo-rooms-data";
import type { Scene } from "./demo-scene";

type ConversationId = Conversation["id"];

const HOUR = 3_600_000;
const DAY_S = 86_400;

function busy(): Scene {
  const talk = [...history(130), ...chat()];
  const flood = history(200);
  const trouble = troubled();
  const salam = message({
    sender: MARYAM.id,
    body: "صباح الخير! هل وصلت الوثائق؟",
    at: Date.now() - 3 * HOUR,
  });
  const ni = [
    message({ mine: true, body: "明天见 🙂", delivery: "delivered", at: Date.now() - 26 * HOUR }),
    ...discussed(),
  ];
  return {
    conversations: [
      conversation(BOB, talk.at(-1) ?? null, { retentionSeconds: 7 * DAY_S }),
      conversation(EVE, trouble.at(-1) ?? null),
      conversation(MARYAM, salam, { unread: 1 }),
      conversation(LI, ni.at(-1) ?? null, { canSend: false, mutedUntil: Date.now() + 8 * HOUR }),
      conversation(LONG, flood.at(-1) ?? null, { unread: 200 }),
      conversation(ZOE, null, { alert: "identity-changed", canSend: false }),
    ],
    presences: new Map([
      [BOB.id, "online"],
      [EVE.id, "busy"],
      [MARYAM.id, "away"],
      [LI.id, "offline"],
      [LONG.id, "online"],
    ]),
    writing: [MARYAM.id, LONG.id],
    timelines: new Map<ConversationId, readonly Message[]>([
      [conversationId(BOB), talk],
      [conversationId(EVE), trouble],
      [conversationId(MARYAM), [salam]],
      [conversationId(LI), ni],
      [conversationId(LONG), flood],
      [conversationId(ZOE), chat().slice(0, 2)],
    ]),
  };
}

/** What the messenger can look like, by the name in the gallery's address. */
export const SCENES = {
  busy,
  rooms: roomsScene,
  limited: (): Scene => ({ ...busy(), longestRetention: 90 * DAY_S }),
  offline: (): Scene => ({ ...busy(), connection: "offline" }),
  refused: (): Scene => ({ ...busy(), connection: "refused" }),
  empty: (): Scene => ({ conversations: [], timelines: new Map() }),
  loading: (): Scene => ({
    conversations: [conversation(BOB, null)],
    timelines: new Map([[conversationId(BOB), "loading"]]),
  }),
  failed: (): Scene => ({
    conversations: [conversation(BOB, null)],
    timelines: new Map([[conversationId(BOB), "failed"]]),
  }),
  listLoading: (): Scene => ({ conversations: null, timelines: new Map() }),
  down: (): Scene => ({
    conversations: null,
    timelines: new Map(),
    start: () => Promise.reject(new AppError("unavailable")),
  }),
} as const satisfies Record<string, () => Scene>;

export type SceneName = keyof typeof SCENES;
