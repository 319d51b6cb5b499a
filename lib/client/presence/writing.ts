import type { AccountId, ConversationId } from "../../base/ids.ts";
import { LIMITS } from "../../protocol/limits.ts";

const EVERY_MS = LIMITS.typingEverySeconds * 1000;
const BELIEVED_MS = LIMITS.typingSeconds * 1000;
/** What the server gathers may be older than the message that it ended with. */
const LATE_MS = 700;

/** Who is writing in the conversation that is open, in the order in which they began. */
export function createWriting(deps: {
  readonly self: AccountId;
  readonly now: () => number;
  onChange(people: readonly AccountId[]): void;
}) {
  const { self, now, onChange } = deps;
  const until = new Map<AccountId, ReturnType<typeof setTimeout>>();
  const wroteAt = new Map<AccountId, number>();
  let looked: ConversationId | null = null;
  let said: { conversation: ConversationId; at: number } | null = null;

  const show = () => onChange([...until.keys()]);

  function end(person: AccountId): void {
    clearTimeout(until.get(person));
    if (until.delete(person)) show();
  }

  return {
    look(conversation: ConversationId | null): void {
      if (conversation === looked) return;
      looked = conversation;
      wroteAt.clear();
      for (const person of [...until.keys()]) end(person);
    },

    heard(conversation: ConversationId, people: readonly AccountId[]): void {
      if (conversation !== looked) return;
      for (const person of people) {
        if (person === self || now() - (wroteAt.get(person) ?? 0) < LATE_MS) continue;
        clearTimeout(until.get(person));
        until.set(
          person,
          setTimeout(() => end(person), BELIEVED_MS),
        );
      }
      show();
    },

    wrote(conversation: ConversationId, person: AccountId): void {
      // The next key after a message is said at once.
      if (person === self && said?.conversation === conversation) said = null;
      if (conversation !== looked) return;
      wroteAt.set(person, now());
      end(person);
    },

    /** @returns whether it is time to say once more that one is writing there */
    take(conversation: ConversationId): boolean {
      if (said?.conversation === conversation && now() - said.at < EVERY_MS) return false;
      said = { conversation, at: now() };
      return true;
    },
  };
}
