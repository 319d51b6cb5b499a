import type { ConversationId } from "../../base/ids.ts";
import type { Message, Timeline } from "../../client/model.ts";
import { AppError } from "../../protocol/errors.ts";
import type { Client } from "../account/connect.ts";
import { wholeNumber, withClient } from "../account/open-account.ts";
import { findConversation } from "../account/targets.ts";
import type { Command } from "../cli/command.ts";
import { type EventFile, type EventPerson, toEventFile } from "../events/event.ts";
import { personOf } from "../events/people.ts";

const MOST = 1_000;

export const history: Command = {
  name: "history",
  summary: "print messages of a conversation, oldest first",
  synopsis: "<conversation> [--before SEQ] [--limit N]",
  args: [1, 1],
  description: [
    "Messages as the messenger shows them: as last edited, with reactions, deleted ones as deleted. Edits, reactions and votes take numbers too, so that the numbers of messages have gaps. With --json one message is one line.",
    "Nothing is marked as read.",
  ],
  options: [
    { name: "before", value: "SEQ", help: "only messages before this number" },
    { name: "limit", value: "N", help: `at most so many, up to ${MOST}. Default: 50` },
  ],
  examples: ["sceau history '#builds' --limit 200 --json | jq -r .text"],
  async run(context) {
    const before = wholeNumber(context, "before", 1, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    const limit = wholeNumber(context, "limit", 1, MOST, 50);
    await withClient(context, async (client) => {
      const conversation = await findConversation(client, context.args[0] ?? "");
      for (const message of await load(client, conversation, before, limit)) {
        const line = await describe(client, conversation, message);
        // As ISO 8601 has it, by the clock of whoever reads.
        const time = new Date(message.at).toLocaleString("sv-SE").slice(0, 16);
        const who = line.sender.name || message.sender;
        const words = [line.text ?? `<${line.kind}>`, ...line.files.map(({ name }) => `<${name}>`)];
        const said = `${line.seq}  ${time}  ${who}: ${words.filter(Boolean).join(" ")}`;
        // Only a message begins a line at its beginning: else one could hold another that nobody wrote.
        await context.out.result(line, said.replaceAll("\n", "\n    "));
      }
    });
  },
};

async function load(
  client: Client,
  conversation: ConversationId,
  before: number,
  limit: number,
): Promise<readonly Message[]> {
  const { messenger } = client;
  const timeline = (): Timeline | undefined => messenger.getState().timelines.get(conversation);
  const found = () =>
    (timeline()?.messages ?? []).filter(({ seq }) => seq !== null && seq < before).slice(-limit);
  await messenger.openConversation(conversation);
  if (client.unlocked.require(conversation).view().room?.refused) throw new AppError("room-refused");
  // It opens where one stopped reading.
  messenger.toNewest(conversation);
  const newest = timeline()?.messages.findLast(({ seq }) => seq !== null)?.seq ?? 0;
  if (before <= newest) await messenger.reveal(conversation, before);
  while (found().length < limit && timeline()?.hasOlder) {
    const first = timeline()?.messages[0]?.seq;
    await messenger.loadOlder(conversation);
    // The server has no more, whatever it said.
    if (timeline()?.messages[0]?.seq === first && timeline()?.older !== "loading") break;
  }
  return found();
}

/** As docs/headless.md promises it. */
interface Line {
  readonly id: string;
  readonly conversation: ConversationId;
  readonly seq: number | null;
  readonly at: number;
  readonly sender: EventPerson;
  readonly mine: boolean;
  readonly kind: Message["body"]["kind"];
  readonly text: string | null;
  readonly files: readonly EventFile[];
  readonly edited: boolean;
  readonly reply: number | null;
  readonly thread: number | null;
  readonly reactions: readonly { readonly emoji: string; readonly count: number }[];
}

async function describe(client: Client, conversation: ConversationId, message: Message): Promise<Line> {
  const { id, seq, at, body, mine, reply, thread, reactions } = message;
  return {
    ...{ id, conversation, seq, at, sender: await personOf(client, message.sender), mine, kind: body.kind },
    text: body.kind === "text" ? body.text : body.kind === "poll" ? body.question : null,
    files: body.kind === "text" ? body.files.map(toEventFile) : [],
    edited: body.kind === "text" && body.earlier.length > 0,
    ...{ reply: reply?.ref.seq ?? null, thread: thread?.seq ?? null },
    reactions: reactions.map(({ emoji, people }) => ({ emoji, count: people.length })),
  };
}
