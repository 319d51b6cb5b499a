import type { Message, Person } from "@/lib/client/model";
import type { Content, MessageRef } from "@/lib/protocol/content";
import { message } from "./demo-data";

/** In memory, and for one person: what the real projection does with what was said about messages. */

function without<T>(list: readonly T[], one: T): T[] {
  return list.filter((each) => each !== one);
}

function withReaction(target: Message, emoji: string, person: Person["id"], on: boolean): Message {
  const known = target.reactions.some((one) => one.emoji === emoji);
  const all = known ? target.reactions : [...target.reactions, { emoji, people: [] }];
  const reactions = all
    .map((one) => {
      if (one.emoji !== emoji) return one;
      const others = without(one.people, person);
      return { emoji, people: on ? [...others, person] : others };
    })
    .filter(({ people }) => people.length > 0);
  return { ...target, reactions };
}

/** The message after something was said about it. */
function changed(target: Message, content: Content, person: Person["id"]): Message {
  const { body } = target;
  if (content.type === "reaction") return withReaction(target, content.emoji, person, content.on);
  if (content.type === "delete") return { ...target, body: { kind: "deleted", by: person }, reactions: [] };
  if (content.type === "edit" && body.kind === "text") {
    const earlier = [...body.earlier, { text: body.text, at: Date.now() }];
    return { ...target, body: { ...body, text: content.text, earlier } };
  }
  if (content.type === "vote" && body.kind === "poll") {
    const options = body.options.map(({ text, people }, i) => {
      const others = without(people, person);
      return { text, people: content.choices.includes(i) ? [...others, person] : others };
    });
    const voters = new Set(options.flatMap(({ people }) => people)).size;
    return { ...target, body: { ...body, options, voters } };
  }
  return target;
}

/** @returns null for what is a message of its own */
export function applySaid(
  messages: readonly Message[],
  content: Content,
  person: Person["id"],
): readonly Message[] | null {
  if (!("target" in content)) return null;
  const { id } = content.target;
  return messages.map((one) => (one.id === id ? changed(one, content, person) : one));
}

function quoteOf(messages: readonly Message[], ref: MessageRef): Message["reply"] {
  return { ref, message: messages.find(({ id }) => id === ref.id) ?? null };
}

/** A message as it looks while it is on its way; null for what is none. */
export function asMessage(messages: readonly Message[], content: Content): Message | null {
  const sent = { mine: true, delivery: "pending", seq: null } as const;
  if (content.type === "poll") {
    const { question, multiple } = content;
    const options = content.options.map((text) => ({ text, people: [] }));
    return message({ ...sent, body: { kind: "poll", question, options, multiple, voters: 0 } });
  }
  if (content.type !== "text") return null;
  const { text, action = false, forwarded = false, files = [], reply, thread = null } = content;
  return message({
    ...sent,
    body: { kind: "text", text, earlier: [], action, forwarded, files },
    reply: reply ? quoteOf(messages, reply) : null,
    thread,
  });
}

/** With the count of answers at the message that a thread hangs on. */
export function withAnswer(messages: readonly Message[], answer: Message): readonly Message[] {
  const { thread } = answer;
  if (!thread) return [...messages, answer];
  const counted = messages.map((one) =>
    one.id === thread.id
      ? { ...one, replies: { count: (one.replies?.count ?? 0) + 1, lastAt: answer.at } }
      : one,
  );
  return [...counted, answer];
}
