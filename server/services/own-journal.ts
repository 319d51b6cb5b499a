import { SUSPICIONS, type Suspicion } from "../../lib/protocol/http/journal.ts";
import type { Database } from "../database/database.ts";
import type { StoredEntry } from "../database/journal.ts";
import { NOTICES, type Outcome } from "./journal.ts";
import { withoutDoer } from "./journal-doer.ts";
import type { Session } from "./sessions.ts";

const PAGE = 50;
const MOST_NOTICES = 20;

/** What a person sees of the journal: all of their own, page by page, and what a session has not been told yet. */
export function createOwnJournal({ journal, sessions }: Pick<Database, "journal" | "sessions">) {
  return {
    /** Newest first. @param before the number of an entry */
    async page(session: Session, before = Number.MAX_SAFE_INTEGER) {
      const found = await journal.ofAccount(session.accountId, before, PAGE + 1);
      const entries = found.slice(0, PAGE).map((entry) => toView(entry, session));
      return { entries, more: found.length > PAGE };
    },

    async notices(session: Session) {
      const after = await sessions.noticedId(session.id);
      const query = { events: NOTICES, after, except: session.id, limit: MOST_NOTICES };
      const found = await journal.notices(session.accountId, query);
      return { notices: found.map((entry) => toView(entry, session)) };
    },

    /** Up to this entry the person has been told, here. */
    seen: (session: Session, id: number): Promise<void> => sessions.setNoticed(session.id, id),
  };
}

function toView(entry: StoredEntry, session: Session) {
  const { id, at, event, address, agent, detail } = withoutDoer(entry);
  const outcome = entry.outcome as Outcome;
  const suspicions = outcome === "suspicious" ? parseSuspicions(detail) : [];
  return { id, at, event, outcome, address, agent, suspicions, here: entry.sessionId === session.id };
}

/** Of a column that holds them separated by spaces. */
export function parseSuspicions(text: string): Suspicion[] {
  const words = text.split(" ");
  return SUSPICIONS.filter((suspicion) => words.includes(suspicion));
}
