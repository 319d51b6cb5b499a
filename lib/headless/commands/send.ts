import { fromUtf8 } from "../../base/bytes.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { deliver, findReference, requireText } from "../account/deliver.ts";
import { patienceOf, wholeNumber, withClient } from "../account/open-account.ts";
import { withSentFiles } from "../account/send-files.ts";
import { findOrStart } from "../account/targets.ts";
import type { Command } from "../cli/command.ts";
import { usage } from "../failure.ts";
import { debug } from "../terminal/debug.ts";

export const send: Command = {
  name: "send",
  summary: "send a message, and wait until the server has it",
  synopsis: "<to> [text]",
  args: [1, 2],
  description: [
    "<to> is a sign-in name, the name of a room one is in, or the id of a conversation; #name is a room, @name a person. With a person to whom nobody here has written yet, a conversation begins.",
    "Without text, or with -, the text is standard input, without its last line break; with files and without text there is none. A message that fails is not sent later: it may be sent again.",
  ],
  options: [
    { name: "reply", value: "SEQ", help: "answer the message with this number" },
    {
      ...{ name: "file", value: "FILE", many: true },
      help: `send this file along, sealed; again for more, up to ${LIMITS.files}`,
    },
  ],
  examples: [
    'sceau send alice "The build is green."',
    "make 2>&1 | tail -n 20 | sceau send '#builds'",
    "sceau send '#builds' \"Of tonight\" --file report.pdf --file log.txt",
  ],
  async run(context) {
    const [to = "", given] = context.args;
    const reply = wholeNumber(context, "reply", 1, Number.MAX_SAFE_INTEGER, 0);
    const patience = patienceOf(context);
    if (to.trim() === "") throw usage("To whom?");
    const paths = context.texts("file");
    const isRead = given === "-" || (given === undefined && paths.length === 0);
    const typed = isRead ? await readInput() : (given ?? "");
    const text = paths.length > 0 && typed === "" ? typed : requireText(typed);
    await withClient(context, async (client) => {
      const conversation = await findOrStart(client, to);
      const reference = reply > 0 ? await findReference(client, conversation, reply) : null;
      const content = { type: "text", text, ...(reference && { reply: reference }) } as const;
      const sent =
        paths.length === 0
          ? await deliver(client, conversation, content, patience)
          : await withSentFiles(client, conversation, paths, patience, (files) =>
              deliver(client, conversation, { ...content, files }, patience),
            );
      await context.out.result(sent, "");
      debug(`stored as ${sent.seq} of ${sent.conversation}`);
    });
  },
};

async function readInput(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write("Write the message, and end it with Ctrl-D:\n");
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    // Three bytes at most for each UTF-16 code unit.
    if (length > 3 * LIMITS.messageChars + 2) requireText("x".repeat(LIMITS.messageChars + 1));
  }
  try {
    return fromUtf8(Buffer.concat(chunks)).replace(/\r?\n$/, "");
  } catch {
    throw usage("Standard input is not UTF-8.");
  }
}
