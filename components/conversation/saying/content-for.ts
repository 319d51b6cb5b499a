import type { Conversation, Message, Person } from "@/lib/client/model";
import type { Content } from "@/lib/protocol/content";
import { LIMITS } from "@/lib/protocol/limits";
import { moderates } from "./actions";
import { mentionedIn, namesEveryone } from "./mentions";
import { withoutEscape } from "./slash";
import type { Composing } from "./talk";
import { refOf } from "./use-say";

const ACTION = /^\/me\s+(?=\S)/i;
const SHRUG = /^\/shrug(?:\s+|$)/i;
/** Escaped, so that Markdown leaves it alone. */
const SHRUGGING = "¯\\\\\\_(ツ)\\_/¯";

/**
 * What typed words say: a message, an answer, an answer in a thread, other words for an earlier message.
 * @param people who can be named. @returns null where nothing has changed
 */
export function contentFor(
  words: string,
  where: {
    readonly conversation: Conversation;
    readonly root: Message | null;
    readonly composing: Composing | null;
    readonly people: Iterable<Person>;
  },
): Content | null {
  const { conversation, root, composing, people } = where;
  const named = mentionedIn(words, people);
  const mentions = named.length > 0 ? { mentions: named } : {};
  const target = composing && refOf(composing.message);
  if (composing?.kind === "edit" && target) {
    const { body } = composing.message;
    if (body.kind === "text" && body.text === words) return null;
    return { type: "edit", target, text: words, ...mentions };
  }
  const thread = root && refOf(root);
  const everyone = moderates(conversation) && namesEveryone(words);
  return {
    type: "text",
    text: withoutEscape(words.replace(ACTION, "").replace(SHRUG, `${SHRUGGING} `))
      .trim()
      .slice(0, LIMITS.messageChars),
    ...mentions,
    ...(target && { reply: target }),
    ...(thread && { thread }),
    ...(everyone && { everyone: true as const }),
    ...(ACTION.test(words) && { action: true as const }),
  };
}
