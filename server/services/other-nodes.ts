import { randomBytes } from "node:crypto";
import { toBase64url } from "../../lib/base/encoding.ts";
import type { AccountId, ConversationId, SessionId } from "../../lib/base/ids.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import type { Database } from "../database/database.ts";
import type { Standing } from "../database/nodes.ts";
import { SERVER_LIMITS } from "../limits.ts";
import type { ConversationService } from "./conversations.ts";
import type { ServerEvent } from "./publish.ts";
import type { SessionService } from "./sessions.ts";
import type { VisibilityService } from "./visibility.ts";

const CHANNEL = "node-channel";
/** Another value of it is a doubt. */
const DOUBT = "doubt";
/** Who left so long ago has heard of it. */
const LEFT_MS = 10 * 60_000;
/** A node that is cut off says so every second; one that said so longer ago is back, or gone. */
const CUT_OFF_SECONDS = 5;

export type { Standing };

export interface OtherNodesDeps {
  readonly database: Pick<Database, "messages" | "nodes" | "state">;
  readonly conversations: Pick<ConversationService, "find" | "forget" | "forgetAll">;
  readonly sessions: Pick<SessionService, "drop">;
  readonly visibility: Pick<VisibilityService, "forget" | "forgetAll">;
  readonly clock: () => number;
}

/** What a node must know of what others do with the same database: which of what it remembers is over, and what it missed. */
export function createOtherNodes({ database, conversations, sessions, visibility, clock }: OtherNodesDeps) {
  const { messages, nodes, state } = database;
  let knownDoubt: string | null = null;

  return {
    /** The name under which the nodes of this database speak to each other; whoever is first chooses it. */
    async channel(): Promise<string> {
      await state.claim(CHANNEL, randomBytes(16));
      const chosen = await state.find(CHANNEL);
      return `sceau:${toBase64url(chosen ?? new Uint8Array())}`;
    },

    /** Drops what is remembered of what an event changed elsewhere. Before sockets hear of it: they may ask. */
    heard(event: ServerEvent): void {
      switch (event.type) {
        case "record":
        case "closed":
        case "archived":
        case "muted":
          conversations.forget(event.conversation);
          break;
        case "visibility":
          visibility.forget(event.account);
          break;
        case "session-ended":
          sessions.drop(event.session);
          break;
      }
    },

    /** Something may have been missed: what is remembered is asked for anew. Sessions are asked for every two seconds anyway. */
    doubt(): void {
      conversations.forgetAll();
      visibility.forgetAll();
    },

    /** For a process that can tell nobody what it did, as the command line: every node doubts within seconds. */
    async raiseDoubt(): Promise<void> {
      await state.release(DOUBT);
      await state.claim(DOUBT, randomBytes(16));
    },

    /** Whether somebody did since this was last asked. */
    async isDoubtRaised(): Promise<boolean> {
      const raised = toBase64url((await state.find(DOUBT)) ?? new Uint8Array());
      const isNews = knownDoubt !== null && raised !== knownDoubt;
      knownDoubt = raised;
      return isNews;
    },

    standings: (accounts: readonly AccountId[]) => nodes.standings(accounts, clock() - LEFT_MS),

    audience: (id: ConversationId) => nodes.audience(id, clock() - LEFT_MS),

    /** Of many the newest: a client fetches what is missing before them. */
    async missed(id: ConversationId, after: number, lastSeq: number) {
      const known = await conversations.find(id);
      const tooMany = lastSeq - after > SERVER_LIMITS.gapPage;
      const range = tooMany ? { before: lastSeq + 1 } : { after };
      const page = await messages.page(id, range, 1, tooMany ? LIMITS.historyPage : SERVER_LIMITS.gapPage);
      return {
        seats: known?.seats ?? new Map<AccountId, { readonly visibleFrom: number }>(),
        messages: page,
      };
    },

    /** Those that somebody has ended. */
    async ended(ids: readonly SessionId[]): Promise<SessionId[]> {
      const living = await nodes.livingSessions(ids);
      return ids.filter((id) => !living.has(id));
    },

    noteCutOff: nodes.noteCutOff,

    /** Whether a node of this database, perhaps this one, tells others nothing. */
    async isOneCutOff(): Promise<boolean> {
      const seconds = await nodes.secondsSinceCutOff();
      return seconds !== null && seconds <= CUT_OFF_SECONDS;
    },
  };
}

export type OtherNodes = ReturnType<typeof createOtherNodes>;
