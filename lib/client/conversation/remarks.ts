import type { AccountId, MessageId } from "../../base/ids.ts";
import type { Content, MessageRef, Remark, RemarkOf } from "../../protocol/content.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { MessageBody, OpenFailure, Reaction, Version } from "../model-messages.ts";

const NONE: readonly never[] = [];

/** What is known of a message, stored or not, before anything was said about it. */
export interface Said {
  readonly id: MessageId;
  /** Infinity for an unsent one: after everything that is stored. */
  readonly seq: number;
  readonly at: number;
  /** Null where only the server's word is left that there was something. */
  readonly sender: AccountId | null;
  /** Whether its sender might moderate, by the record that it was sealed under. */
  readonly moderates: boolean;
  /** Null for what could not be opened, and for what was deleted. */
  readonly content: Content | null;
  readonly failure: OpenFailure | null;
}

export interface SaidRemark extends Said {
  readonly sender: AccountId;
  readonly content: Remark;
}

type Rule<T extends Remark["type"]> = (remark: SaidRemark, content: RemarkOf<T>, about: Said) => boolean;

/** Who may say what about what (docs/protocol.md §5.5); whatever no rule allows is as if it had not been said. */
const RULES: { readonly [T in Remark["type"]]: Rule<T> } = {
  edit: ({ sender }, _, about) => about.content?.type === "text" && sender === about.sender,
  delete: ({ sender, moderates }, _, about) => isGone(about) || moderates || sender === about.sender,
  reaction: (_, { emoji }) => isEmoji(emoji),
  vote: (_, __, about) => about.content?.type === "poll",
};

export function isRemark(said: Said): said is SaidRemark {
  return said.content !== null && "target" in said.content;
}

/** Nobody's word is left of it: who says to have deleted it is believed. */
export function isGone({ sender, content, failure }: Said): boolean {
  return sender === null && content === null && failure === null;
}

/** No letters, no digits by themselves, nothing that shows nothing. */
function isEmoji(text: string): boolean {
  return (
    /^[\p{Emoji}\p{Emoji_Component}]+$/u.test(text) &&
    /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(text)
  );
}

/** What it says to answer or to belong to. */
export function refsOf({ content }: Said): readonly MessageRef[] {
  return content?.type === "text" ? [content.reply, content.thread].filter((ref) => ref !== undefined) : [];
}

/** @param remarks in order. @returns those that count */
export function allowedRemarks(about: Said, remarks: readonly SaidRemark[]): readonly SaidRemark[] {
  return remarks.filter((remark) => {
    const { content, seq } = remark;
    const rule = RULES[content.type] as Rule<Remark["type"]>;
    // What comes later cannot be meant.
    return seq > about.seq && rule(remark, content, about);
  });
}

type Counted<T extends Remark["type"]> = SaidRemark & { readonly content: RemarkOf<T> };

export function remarksOf<T extends Remark["type"]>(remarks: readonly SaidRemark[], type: T): Counted<T>[] {
  return remarks.filter((remark): remark is Counted<T> => remark.content.type === type);
}

/** @param remarks those that count, in order */
export function bodyOf({ content, failure, at }: Said, remarks: readonly SaidRemark[]): MessageBody {
  const [deletion] = remarksOf(remarks, "delete");
  if (deletion) return { kind: "deleted", by: deletion.sender };
  if (content?.type === "text") {
    const { action = false, forwarded = false, files = NONE } = content;
    const earlier: Version[] = [];
    let newest: Version = { text: content.text, at };
    for (const edit of remarksOf(remarks, "edit")) {
      earlier.push(newest);
      newest = { text: edit.content.text, at: edit.at };
    }
    return { kind: "text", text: newest.text, earlier, action, forwarded, files };
  }
  if (content?.type === "poll") {
    const { question, multiple } = content;
    const votes = votesOf(remarks, content.options.length, multiple);
    const options = content.options.map((text, i) => ({
      text,
      people: votes.filter(({ choices }) => choices.includes(i)).map(({ person }) => person),
    }));
    return { kind: "poll", question, options, multiple, voters: votes.length };
  }
  return failure ? { kind: "unreadable", reason: failure } : { kind: "deleted", by: null };
}

/** The last word of each person, in the order of those words. */
function votesOf(remarks: readonly SaidRemark[], options: number, multiple: boolean) {
  const votes = new Map<AccountId, readonly number[]>();
  for (const { sender, content } of remarksOf(remarks, "vote")) {
    const valid = content.choices.filter((choice) => choice < options);
    votes.delete(sender);
    if (valid.length > 0) votes.set(sender, multiple ? valid : valid.slice(0, 1));
  }
  return [...votes].map(([person, choices]) => ({ person, choices }));
}

/** @param remarks those that count, in order. @returns in the order in which each emoji came first */
export function reactionsOf(remarks: readonly SaidRemark[]): Reaction[] {
  const people = new Map<string, Set<AccountId>>();
  const counts = new Map<AccountId, number>();
  for (const { sender, content } of remarksOf(remarks, "reaction")) {
    const { emoji, on } = content;
    const those = people.get(emoji) ?? new Set();
    const count = counts.get(sender) ?? 0;
    if (on === those.has(sender) || (on && count >= LIMITS.reactionsEach)) continue;
    counts.set(sender, on ? count + 1 : count - 1);
    if (on) people.set(emoji, those.add(sender));
    else those.delete(sender);
    if (those.size === 0) people.delete(emoji);
  }
  return [...people].map(([emoji, those]) => ({ emoji, people: [...those] }));
}

/**
 * @param remarks those that count, in order
 * @param anybody whether everybody may mean everybody, as where two talk
 */
export function isNamed(
  person: AccountId,
  { content, moderates }: Said,
  remarks: readonly SaidRemark[],
  anybody: boolean,
): boolean {
  if (content?.type !== "text") return false;
  const { mentions } = remarksOf(remarks, "edit").at(-1)?.content ?? content;
  return (mentions?.includes(person) ?? false) || (content.everyone === true && (anybody || moderates));
}
