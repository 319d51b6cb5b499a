import type { Conversation, Line, Message, Person } from "@/lib/client/model";
import type {
  ListedRoom,
  RoomEvent,
  RoomKind,
  RoomMember,
  RoomStanding,
  Waiting,
} from "@/lib/client/model-rooms";
import { BOB, EVE, LI, LONG, MARYAM, ME, message, person, ZOE } from "./demo-data";
import type { DemoRoom, Scene } from "./demo-scene";

type ConversationId = Conversation["id"];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export function roomId(name: string): ConversationId {
  return name.padEnd(22, "0").slice(0, 22) as ConversationId;
}

export function member(who: Person, role: RoomMember["role"] = "member"): RoomMember {
  return { person: who, role, mutedUntil: null };
}

export function roomConversation(
  id: ConversationId,
  kind: RoomKind,
  standing: Partial<RoomStanding>,
  newest: Message | null,
  more: Partial<Conversation> = {},
): Conversation {
  return {
    id,
    kind,
    peer: null,
    room: {
      name: "",
      topic: "",
      role: "member",
      memberCount: 1,
      posting: "everyone",
      slowSeconds: 0,
      retentionSeconds: 0,
      history: "since-joining",
      refused: false,
      archived: false,
      offered: false,
      pins: [],
      ...standing,
    },
    unread: 0,
    mentions: 0,
    newest,
    activeAt: newest?.at ?? Date.now() - DAY,
    alert: null,
    alertPerson: null,
    mutedUntil: null,
    retentionSeconds: 0,
    blocked: false,
    canSend: true,
    ...more,
  };
}

const FIRST = ["Ada", "Bela", "Chiara", "Dmitri", "Élise", "Farid", "Gudrun", "Hana", "Íñigo", "Jörg"];
const LAST = ["Abadi", "Brandt", "Castellanos", "Dvořák", "Eriksen", "Fontaine", "Grünwald", "Hoxha"];

/** As many people as the largest room holds. */
export function crowd(count: number): RoomMember[] {
  return Array.from({ length: count }, (_, i) => {
    const [first, last] = [
      FIRST[i % FIRST.length] ?? "",
      LAST[Math.floor(i / FIRST.length) % LAST.length] ?? "",
    ];
    return member(person(`person-${i}`, `${first} ${last} ${i}`), i < 3 ? "moderator" : "member");
  });
}

const TEAM = [ME, BOB, ZOE, MARYAM, LI, EVE, LONG];

function talk(): Message[] {
  const lines: readonly (readonly [Person, number, string])[] = [
    [BOB, 95, "Morning! The proofs are in."],
    [BOB, 94, "Page four has a widow, otherwise they look **good**."],
    [ZOE, 90, "I can fix that before lunch."],
    [ME, 88, "Thank you both. Send me the file when it is done, please."],
    [MARYAM, 60, "صباح الخير! أرسلت النسخة العربية إلى المطبعة."],
    [
      LONG,
      42,
      "And who orders the paper? Last time we had *twelve* sheets too few, and the shop was closed until Monday.",
    ],
    [LI, 41, "纸已经订好了 👍"],
    [EVE, 9, "See you at two in the big room."],
    [EVE, 8, "Bring the samples."],
  ];
  return lines.map(([who, minutes, body]) =>
    message({ sender: who.id, mine: who === ME, body, at: Date.now() - minutes * MINUTE }),
  );
}

function events(): RoomEvent[] {
  const at = (days: number): number => Date.now() - days * DAY;
  const ids = (...people: readonly Person[]) => people.map(({ id }) => id);
  return [
    { at: at(0.1), author: ME.id, event: { kind: "muted", person: EVE.id, until: Date.now() + DAY } },
    { at: at(0.5), author: ZOE.id, event: { kind: "deleted-message" } },
    { at: at(1), author: BOB.id, event: { kind: "new-key" } },
    { at: at(2), author: ME.id, event: { kind: "banned", people: ids(person("mallory", "Mallory")) } },
    {
      at: at(3),
      author: ME.id,
      event: {
        kind: "policy",
        policy: { posting: "everyone", slowSeconds: 30, retentionSeconds: 30 * 86_400, history: "all" },
      },
    },
    { at: at(4), author: ME.id, event: { kind: "role", person: ZOE.id, role: "moderator" } },
    { at: at(5), author: MARYAM.id, event: { kind: "renamed" } },
    { at: at(6), author: ME.id, event: { kind: "added", people: ids(BOB, ZOE, MARYAM, LI, EVE, LONG) } },
    { at: at(7), author: ME.id, event: { kind: "created" } },
  ];
}

/** What happened before which of the words above. */
const LINES: readonly (readonly [place: number, author: Person, event: Line["event"]])[] = [
  [0, ME, { kind: "created", type: "private-room" }],
  [0, ME, { kind: "added", people: TEAM.map(({ id }) => id).filter((id) => id !== ME.id) }],
  [2, ZOE, { kind: "topic", text: "Everything about the winter catalogue" }],
  [5, ME, { kind: "role", role: "moderator", people: [ZOE.id] }],
  [7, ME, { kind: "retention", seconds: 30 * 86_400 }],
  [7, MARYAM, { kind: "name", text: "مرسم" }],
  [9, LONG, { kind: "removed", people: [EVE.id, LI.id] }],
];

const ATELIER = roomId("atelier");
const HALL = roomId("great-hall");
const NEWS = roomId("news");
const ATTIC = roomId("attic");
const LIBRARY = roomId("library");
const LONGEST = roomId("longest");
const ARABIC = roomId("arabic");

/** Rooms of every kind and state, one's own role different in each. */
export function roomsScene(): Scene {
  const words = talk();
  const atelier: readonly RoomMember[] = TEAM.map((who) =>
    member(who, who === ME ? "owner" : who === ZOE ? "moderator" : "member"),
  );
  const hall = [member(ME, "moderator"), member(BOB, "owner"), ...crowd(998)];
  const small = (...others: readonly RoomMember[]): DemoRoom => ({
    members: [...others, member(ME)],
    banned: [],
    invitations: [],
    journal: [],
  });
  const said = (who: Person, body: string, minutes: number): Message =>
    message({ sender: who.id, body, at: Date.now() - minutes * MINUTE });
  const news = said(BOB, "The office is closed on Friday.", 300);
  const library = said(ZOE, "One question at a time, please.", 1);
  return {
    conversations: [
      roomConversation(
        ATELIER,
        "private-room",
        {
          name: "Atelier",
          topic: "Everything about the winter catalogue, from proofs to the printer",
          role: "owner",
          memberCount: atelier.length,
          history: "all",
          retentionSeconds: 30 * 86_400,
          pins: words.slice(1, 3).flatMap(({ id, seq }) => (seq === null ? [] : [{ id, seq }])),
        },
        words.at(-1) ?? null,
        { unread: 2 },
      ),
      roomConversation(
        HALL,
        "public-room",
        { name: "Great hall", topic: "For everybody", role: "moderator", memberCount: hall.length },
        said(LI, "Good morning, all thousand of you!", 20),
      ),
      roomConversation(
        LIBRARY,
        "public-room",
        { name: "Library", topic: "Questions and answers", slowSeconds: 30, memberCount: 3 },
        library,
      ),
      roomConversation(
        NEWS,
        "public-room",
        {
          name: "Announcements",
          topic: "Only what everybody must know",
          posting: "moderators",
          memberCount: 2,
        },
        news,
        { canSend: false },
      ),
      roomConversation(
        LONGEST,
        "private-room",
        {
          name: "Wolfeschlegelsteinhausenbergerdorff planning for the year after next",
          topic: "A topic that is as long as topics may be, ".repeat(5).trim(),
          memberCount: 2,
        },
        null,
        { canSend: false, mutedUntil: Date.now() + 8 * 60 * MINUTE },
      ),
      roomConversation(
        ARABIC,
        "private-room",
        { name: "غرفة التحرير", topic: "كل ما يخص النشرة العربية", memberCount: 2 },
        said(MARYAM, "صباح الخير!", 1500),
      ),
      roomConversation(
        ATTIC,
        "private-room",
        { name: "Summer party 2025", posting: "nobody", role: "owner", memberCount: 2 },
        said(EVE, "Thank you all, it was lovely.", 90_000),
        { canSend: false },
      ),
    ],
    timelines: new Map<ConversationId, readonly Message[]>([
      [ATELIER, words],
      [NEWS, [news]],
      [LIBRARY, [library]],
    ]),
    people: hall.map((one) => one.person),
    margins: new Map([
      [
        ATELIER,
        {
          pinned: words.slice(1, 2),
          lines: LINES.map(([place, author, event], i) => ({
            key: `demo-${i}`,
            before: words[place]?.seq ?? null,
            at: words[place]?.at ?? Date.now(),
            author: author.id,
            event,
          })),
        },
      ],
    ]),
    rooms: new Map<ConversationId, DemoRoom>([
      [
        ATELIER,
        {
          members: atelier.map((one) =>
            one.person === EVE ? { ...one, mutedUntil: Date.now() + DAY } : one,
          ),
          banned: [person("mallory", "Mallory Grey")],
          invitations: [
            {
              id: "one",
              link: `https://sceau.example/#join=${ATELIER}.${"i".repeat(22)}.${"s".repeat(43)}`,
              expiresAt: Date.now() + 5 * DAY,
            },
            {
              id: "two",
              link: `https://sceau.example/#join=${ATELIER}.${"j".repeat(22)}.${"t".repeat(43)}`,
              expiresAt: Date.now() - DAY,
            },
          ],
          journal: events(),
        },
      ],
      [HALL, { members: hall, banned: [], invitations: [], journal: events() }],
      [NEWS, small(member(BOB, "owner"))],
      [LIBRARY, small(member(ZOE, "owner"), member(BOB))],
      [LONGEST, small(member(LONG, "owner"))],
      [ARABIC, small(member(MARYAM, "owner"))],
      [ATTIC, { ...small(), members: [member(ME, "owner"), member(EVE)] }],
    ]),
    waiting: [
      { conversation: roomId("chess"), name: "Chess club", since: Date.now() - 9 * MINUTE },
      { conversation: roomId("secret"), name: "", since: Date.now() - 2 * DAY },
    ] satisfies readonly Waiting[],
  };
}

/** What the directory lists beside the scene's own public rooms. */
export const LISTED: readonly ListedRoom[] = [
  ["chess", "Chess club", "Thursdays at eight, beginners welcome", 41, "waiting"],
  ["garden", "Garden", "Who waters the tomatoes", 17, "none"],
  ["bikes", "Vélo, boulot", "Trajets, réparations et casques oubliés", 9, "none"],
  ["closed", "Debating society", "", 5, "banned"],
].map(([id, name, topic, memberCount, standing]) => ({
  id: roomId(String(id)),
  name: String(name),
  topic: String(topic),
  memberCount: Number(memberCount),
  standing: standing as ListedRoom["standing"],
}));
