import { headerOf } from "../../client/conversation/header-of.ts";
import { findKeys } from "../../client/export/read-conversation.ts";
import { explained } from "../account/connect.ts";
import { patienceOf, withClient } from "../account/open-account.ts";
import { saveFile } from "../account/save-file.ts";
import { findConversation } from "../account/targets.ts";
import type { Command } from "../cli/command.ts";
import { toEventFile } from "../events/event.ts";
import { findMessage, readDeps } from "../events/stored-events.ts";
import { EXIT, Failure, usage } from "../failure.ts";

export const save: Command = {
  name: "save",
  summary: "save the files of a message",
  synopsis: "<conversation> <seq> [--to FOLDER]",
  args: [2, 2],
  description: [
    "The message is named by its number, as history and listen tell it. Files get their senders' names, without what would lead elsewhere, and mode 600; nothing that is there is written over: a number is added.",
    "A file appears only when all of it has come and is what its sender sealed.",
  ],
  options: [{ name: "to", value: "FOLDER", help: "where to, made if it is not there. Default: here" }],
  examples: ["sceau save '#builds' 42 --to reports"],
  async run(context) {
    const [to = "", number = ""] = context.args;
    const seq = /^[1-9]\d{0,14}$/.test(number) ? Number(number) : Number.NaN;
    if (Number.isNaN(seq)) throw usage("<seq> is a message's number.");
    const patience = patienceOf(context);
    await withClient(context, async (client) => {
      const conversation = await findConversation(client, to);
      const keys = await findKeys(readDeps(client), conversation);
      const found = await findMessage(client, conversation, keys, seq);
      const sender = found && headerOf(found.stored)?.sender;
      const files = found?.content?.type === "text" ? (found.content.files ?? []) : [];
      if (!found) throw new Failure(EXIT.notFound, "not-found", `There is no message ${seq} there.`);
      if (!sender || files.length === 0)
        throw new Failure(EXIT.notFound, "not-found", `Message ${seq} holds no files.`);
      const opener = await client.messenger.files();
      const place = { conversation, sender };
      const folder = context.text("to") ?? ".";
      for (const file of files) {
        const pieces = (signal: AbortSignal) => opener.open(place, file, signal);
        try {
          const path = await saveFile(folder, file.name, moving(pieces, patience));
          await context.out.result({ ...toEventFile(file), path }, path);
        } catch (error) {
          throw explained(error, client.platform);
        }
      }
    });
  },
};

/** Ends what has not moved for so many milliseconds. */
async function* moving<T>(
  open: (signal: AbortSignal) => AsyncGenerator<T>,
  patience: number,
): AsyncGenerator<T> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), patience);
  try {
    for await (const piece of open(stalled.signal)) {
      timer.refresh();
      yield piece;
    }
  } finally {
    clearTimeout(timer);
  }
}
