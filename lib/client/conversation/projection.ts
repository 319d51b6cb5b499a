import type { AccountId } from "../../base/ids.ts";
import type { MessageRef, RemarkOf } from "../../protocol/content.ts";
import { isTombstone } from "../../protocol/layout/envelope.ts";
import type { ConversationType } from "../../protocol/layout/record.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { DeliveryState, Message, MessageBody, Places, Quote } from "../model-messages.ts";
import type { Unsent } from "../outbox.ts";
import { createMessageIndex } from "./message-index.ts";
import type { LogEntry } from "./message-log.ts";
import {
  allowedRemarks,
  bodyOf,
  isNamed,
  isRemark,
  reactionsOf,
  refsOf,
  remarksOf,
  type Said,
  type SaidRemark,
} from "./remarks.ts";

/** What one accepted deletion covers and this browser still holds. */
export interface Gone {
  readonly by: AccountId;
  /** Whose message it is about. */
  readonly author: AccountId | null;
  readonly entries: readonly LogEntry[];
}

/** What was worked out about a message, until something changes. */
interface Worked {
  readonly remarks: readonly SaidRemark[];
  readonly body: MessageBody;
  view: Message | null;
}

/** The place of what is not stored yet: after everything that is. */
const UNSENT = Number.POSITIVE_INFINITY;
const NOBODY = "" as AccountId;
const NOTHING: readonly never[] = [];

/**
 * From what is loaded and what is on its way to messages as views see them. Which page came first makes no
 * difference: everything is a function of what is there. A message stays the same object until something about it
 * changes, so that rows keep still, and one message more costs what it touches.
 * @param firstSeq the first message that there is; while it changes, another projection is made
 */
export function createProjection(self: AccountId, type: ConversationType, firstSeq: () => number = () => 1) {
  const isDirect = type === "direct";
  const index = createMessageIndex(({ id, stored, sender, role, content, failure }) => {
    const moderates = !isDirect && (role === "owner" || role === "moderator");
    return { id, seq: stored.seq, at: stored.storedAt, sender, moderates, content, failure };
  });
  const worked = new Map<number, Worked>();
  /** Deletions came for them, or they came after. */
  const maybeGone = new Map<number, Said>();
  let source: readonly LogEntry[] = NOTHING;
  let unsent: readonly Unsent[] = NOTHING;
  let unsentState = "";
  const unsentViews = new Map<string, Message>();
  let shown: readonly Message[] = NOTHING;
  let shownFor = "";

  /** Something about it changed; what shows a part of it changes too. */
  function touch(said: Said): void {
    worked.delete(said.seq);
    for (const seq of [...index.referringTo(said), ...refsOf(said).map((ref) => ref.seq)]) {
      const other = worked.get(seq);
      if (other) other.view = null;
    }
  }

  function includeUnsent(items: readonly Unsent[]): void {
    const now = items.filter(({ id }) => !index.isStored(id));
    const state = now.map(({ id, failure }) => `${id} ${failure}`).join();
    if (state === unsentState) return;
    // Items change in place: what they are now is kept.
    const before = unsent;
    unsent = now.map((item) => ({ ...item }));
    unsentState = state;
    shownFor = "";
    unsentViews.clear();
    for (const { content } of [...before, ...unsent]) {
      const target = "target" in content && index.find(content.target);
      if (target) touch(target);
    }
  }

  /** What one has said about it and is not stored yet. */
  const onItsWay = (said: Said) =>
    unsent.filter(({ content }) => "target" in content && index.find(content.target) === said);

  const unsentSaid = ({ id, content, queuedAt }: Unsent): Said => ({
    id,
    seq: UNSENT,
    at: queuedAt,
    sender: self,
    // Whether it counts is for the record to say that it will be sealed under.
    moderates: !isDirect,
    content,
    failure: null,
  });

  function work(said: Said): Worked {
    const known = worked.get(said.seq);
    if (known) return known;
    const waiting = onItsWay(said).filter(({ failure }) => failure === null);
    const all = [...index.remarksAbout(said), ...waiting.map(unsentSaid).filter(isRemark)];
    const remarks = allowedRemarks(said, all);
    const result: Worked = { remarks, body: bodyOf(said, remarks), view: null };
    worked.set(said.seq, result);
    return result;
  }

  /** Null for a message that stands by itself. An answer in a thread has none of its own. */
  function threadOf(said: Said, deletion: SaidRemark | undefined): MessageRef | null {
    if (deletion?.content.type === "delete") return deletion.content.thread ?? null;
    const ref = said.content?.type === "text" && said.content.thread;
    if (!ref) return null;
    const root = index.find(ref);
    // What hung on a message that is gone stands by itself.
    if (!root) return ref.seq < firstSeq() ? null : ref;
    const isAnswer = root.content?.type === "text" && root.content.thread;
    return root.seq < said.seq && !isAnswer ? refTo(root) : null;
  }

  function repliesTo(said: Said): Message["replies"] {
    const times: number[] = [];
    for (const seq of index.referringTo(said)) {
      const answer = index.messageAt(seq);
      if (!answer || work(answer).body.kind === "deleted") continue;
      if (threadOf(answer, undefined)?.seq === said.seq) times.push(answer.at);
    }
    return times.length > 0 ? { count: times.length, lastAt: Math.max(...times) } : null;
  }

  function quoteOf(said: Said): Quote | null {
    const ref = said.content?.type === "text" && said.content.reply;
    if (!ref) return null;
    const quoted = index.find(ref);
    if (!quoted || quoted.seq >= said.seq) return { ref, message: null };
    const { sender } = quoted;
    return { ref: refTo(quoted), message: { sender: sender ?? NOBODY, body: work(quoted).body } };
  }

  function viewOf(
    said: Said,
    { remarks, body }: Worked,
    state: Pick<Message, "delivery" | "failure">,
  ): Message {
    const [deletion] = remarksOf(remarks, "delete");
    const isDeleted = body.kind === "deleted";
    return {
      id: said.id,
      seq: said.seq === UNSENT ? null : said.seq,
      sender: said.sender ?? NOBODY,
      mine: said.sender === self,
      at: said.at,
      body,
      ...state,
      reply: isDeleted ? null : quoteOf(said),
      thread: threadOf(said, deletion),
      replies: repliesTo(said),
      reactions: isDeleted ? NOTHING : reactionsOf(remarks),
      mentionsMe: !isDeleted && said.sender !== self && isNamed(self, said, remarks, isDirect),
      refused: onItsWay(said).flatMap(({ id, content, failure }) =>
        failure && "target" in content ? { id, type: content.type, failure } : NOTHING,
      ),
    };
  }

  function storedView(said: Said, others: Places): Message {
    const known = work(said);
    const delivery = said.sender === self ? deliveryOf(said, known, others) : null;
    if (known.view?.delivery !== delivery) known.view = null;
    known.view ??= viewOf(said, known, { delivery, failure: null });
    return known.view;
  }

  function unsentView(item: Unsent): Message {
    const said = unsentSaid(item);
    const quoted = quoteOf(said)?.message?.body;
    const kept = unsentViews.get(item.id);
    if (kept && kept.reply?.message?.body === quoted) return kept;
    const { failure } = item;
    const known = { remarks: NOTHING, body: bodyOf(said, NOTHING), view: null };
    const view = viewOf(said, known, { delivery: failure ? "failed" : "pending", failure });
    unsentViews.set(item.id, view);
    return view;
  }

  /** An edit, a reaction or a vote whose message is gone: it leaves its hash, and no row. */
  function isTakenAlong({ stored, content, failure }: LogEntry): boolean {
    if (content || failure) return false;
    return index.deletionsTaking(stored.seq).some((deletion) => {
      if (deletion.content.target.seq >= stored.seq || deletion.seq <= stored.seq) return false;
      const target = index.find(deletion.content.target);
      return !target || work(target).remarks.includes(deletion);
    });
  }

  /** Of all deletions that count. */
  function goneWith(said: Said): Gone[] {
    const all = index.remarksAbout(said);
    const counted = allowedRemarks(said, all);
    return remarksOf(counted, "delete").map(({ sender: by, content: { also } }) => {
      const taken = all.filter(
        (remark) =>
          (remark.content.type === "edit" && counted.includes(remark)) ||
          (remark.content.type !== "delete" && also?.includes(remark.seq)),
      );
      const entries = [said, ...taken].map(({ seq }) => index.entryAt(seq));
      return {
        by,
        author: said.sender,
        entries: entries.filter((entry) => entry !== undefined).filter(isHeld),
      };
    });
  }

  return {
    /** Oldest first, unsent ones last. @param others up to where everybody else has received and read */
    messages(list: readonly LogEntry[], items: readonly Unsent[], others: Places): readonly Message[] {
      if (list !== source) {
        source = list;
        shownFor = "";
        for (const said of index.include(list)) {
          touch(said);
          maybeGone.set(said.seq, said);
        }
      }
      includeUnsent(items);
      const wanted = `${others.delivered} ${others.read}`;
      if (shownFor === wanted) return shown;
      shownFor = wanted;
      const stored = list.flatMap((entry) => {
        const said = entry.replayed || isTakenAlong(entry) ? undefined : index.messageAt(entry.stored.seq);
        return said ? storedView(said, others) : NOTHING;
      });
      const written = unsent
        .filter(({ content: { type } }) => type === "text" || type === "poll")
        .map(unsentView);
      const next = [...stored, ...written];
      if (next.length !== shown.length || next.some((view, i) => view !== shown[i])) shown = next;
      return shown;
    },

    /** What deletions cover that came since the last time and is still held here. */
    takeGone(): Gone[] {
      const gone = [...maybeGone.values()].flatMap(goneWith);
      maybeGone.clear();
      return gone.filter(({ entries }) => entries.length > 0);
    },

    /** A deletion with all that goes with it: edits first, which say the same once more. */
    withAll(deletion: RemarkOf<"delete">): RemarkOf<"delete"> {
      const said = index.find(deletion.target);
      if (!said) return deletion;
      const all = index.remarksAbout(said).filter(({ content }) => content.type !== "delete");
      const rank = ({ content }: SaidRemark) => (content.type === "edit" ? 0 : 1);
      const also = all.toSorted((a, b) => rank(a) - rank(b)).map(({ seq }) => seq);
      const thread = threadOf(said, undefined);
      return {
        type: "delete",
        target: refTo(said),
        ...(also.length > 0 && { also: also.slice(0, LIMITS.deletedAlong) }),
        ...(thread && { thread }),
      };
    },
  };
}

const refTo = ({ id, seq }: Said): MessageRef => ({ id, seq });

function isHeld({ stored }: LogEntry): boolean {
  return !isTombstone(stored.envelope);
}

function deliveryOf({ seq }: Said, { remarks }: Worked, others: Places): DeliveryState {
  // Other words of it wait for the way.
  if (remarks.some((remark) => remark.seq === UNSENT && remark.content.type !== "reaction")) return "pending";
  if (seq <= others.read) return "read";
  return seq <= others.delivered ? "delivered" : "stored";
}
