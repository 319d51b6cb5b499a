import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ConversationId } from "../../base/ids.ts";
import { type ConversationInfo, conversationsAnswer } from "../../protocol/http/conversations.ts";
import type { Client } from "../account/connect.ts";
import { patienceOf, withClient } from "../account/open-account.ts";
import { findConversation } from "../account/targets.ts";
import type { Command, Context } from "../cli/command.ts";
import { createFeed } from "../events/feed.ts";
import { EXIT, Failure, usage } from "../failure.ts";
import { NOTHING_TOLD } from "../state/account-state.ts";
import { takeLock } from "../state/file-lock.ts";
import { debug } from "../terminal/debug.ts";

/** How often it is looked whether the server has heard what was read. */
const MARKED_EVERY_MS = 200;

export const listen: Command = {
  name: "listen",
  summary: "print what happens, one JSON event a line",
  synopsis: "[--conversation TO] [--since WHERE] [--once]",
  args: [0, 0],
  description: [
    "Goes on exactly where it stopped, whatever ended it: an event is written down as told after standard output has taken it. It may come twice then, with the same id, and is never left out. At first, it begins with what comes after the device had its keys.",
    "Goes on by itself when the network or the server comes back; with --once it prints what there is and ends. Other commands of the account may run meanwhile, one more listen may not. SIGINT and SIGTERM end it in order, with 0.",
    'Events are message, edited, deleted, reaction, poll, vote, unreadable, receipt, record and room; docs/headless.md has their shapes. Compare "mine" before you answer.',
  ],
  options: [
    { name: "conversation", value: "TO", help: "only this one: an id, #room or @person" },
    {
      name: "since",
      value: "WHERE",
      choices: ["all", "now"],
      help: "begin elsewhere: all, now, or with --conversation after a number",
    },
    { name: "once", help: "print what there is, and end" },
    { name: "mark-read", help: "tell the others that what was printed was read" },
  ],
  examples: ["sceau listen | jq --unbuffered -r 'select(.type == \"message\") | .text'"],
  endsBySignal: true,
  async run(context) {
    const once = context.is("once");
    const since = context.text("since");
    if (since !== undefined && !/^(all|now|\d{1,15})$/.test(since))
      throw usage("--since takes all, now, or a number.");
    if (since && /^\d/.test(since) && !context.text("conversation"))
      throw usage("--since with a number goes with --conversation.");
    await withClient(
      context,
      async (client) => {
        const release = await takeLock(join(client.store.folder, "listening"), 0);
        if (!release) throw new Failure(EXIT.waiting, "busy", "Another sceau listen runs for this account.");
        try {
          await listenWith(context, client, since, once);
        } finally {
          release();
        }
      },
      !once,
    );
  },
};

async function listenWith(
  context: Context,
  client: Client,
  since: string | undefined,
  once: boolean,
): Promise<void> {
  const { out, signal } = context;
  const target = context.text("conversation");
  const conversation = target === undefined ? null : await findConversation(client, target);
  if (since !== undefined) await begin(client, conversation, since);
  const marksRead = context.is("mark-read");
  const read = new Map<ConversationId, number>();
  const feed = createFeed(client, {
    conversation,
    signal,
    async tell(event) {
      await out.line(event);
      if (!marksRead || !("seq" in event)) return;
      client.unlocked.find(event.conversation)?.markRead(event.seq);
      read.set(event.conversation, event.seq);
    },
  });
  debug("listening");
  try {
    if (!once) return await feed.follow();
    await feed.tellPending();
    if (read.size > 0) await untilMarked(client, read, patienceOf(context));
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** The server is told a moment later, and of many at once. @throws Failure "timeout" */
async function untilMarked(
  { unlocked }: Client,
  read: ReadonlyMap<ConversationId, number>,
  patience: number,
): Promise<void> {
  const { api, vault } = unlocked.parts;
  const isMarked = ({ id, members }: ConversationInfo) => {
    const own = members.find((member) => member.id === vault.account);
    // Whoever is blocked is told of nothing.
    return (own?.readSeq ?? 0) >= (read.get(id) ?? 0) || unlocked.find(id)?.view().blocked === true;
  };
  for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(MARKED_EVERY_MS)) {
    const { conversations } = await api.get("/api/conversations", conversationsAnswer);
    if (conversations.every(isMarked)) return;
  }
  throw new Failure(EXIT.waiting, "timeout", "It took too long to mark as read.");
}

async function begin(client: Client, conversation: ConversationId | null, since: string): Promise<void> {
  const { conversations } = await client.unlocked.parts.api.get("/api/conversations", conversationsAnswer);
  await client.store.update(({ told }) => {
    for (const { id, lastSeq, refused } of conversations) {
      if (conversation !== null && conversation !== id) continue;
      // How far it goes is not said of a room that access rules keep one out of.
      if (refused) continue;
      const seq = since === "all" ? 0 : since === "now" ? lastSeq : Math.min(Number(since), lastSeq);
      told[id] = { ...(told[id] ?? NOTHING_TOLD), seq };
    }
  });
}
