import { existsSync, statSync } from "node:fs";
import { rename } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeStream } from "node:stream/web";
import accountEn from "../../../locales/account.en.json";
import accountFr from "../../../locales/account.fr.json";
import en from "../../../locales/en.json";
import fr from "../../../locales/fr.json";
import messagesEn from "../../../locales/messages.en.json";
import messagesFr from "../../../locales/messages.fr.json";
import type { ExportWords } from "../../client/export/words.ts";
import { createTranslate, type Locale } from "../../client/hooks/translate.ts";
import { withClient } from "../account/open-account.ts";
import { stepUp } from "../account/step-up.ts";
import { type Command, SIGN_IN_OPTIONS } from "../cli/command.ts";
import { EXIT, Failure, usage } from "../failure.ts";
import { takeName, writeWhole } from "../state/whole-file.ts";

const TEXTS = {
  en: { ...en, ...accountEn, ...messagesEn },
  fr: { ...fr, ...accountFr, ...messagesFr },
} as const;

export const exportCommand: Command = {
  name: "export",
  summary: "write everything of the account into a zip file",
  synopsis: "<file.zip | ->",
  args: [1, 1],
  description: [
    "Pages to read in a browser and JSON for programs, opened: keep the file safe. It gets mode 600, and appears under its name only when it is whole. Attached files are named and not contained: see sceau help save. Wants password and code again.",
  ],
  options: [
    ...SIGN_IN_OPTIONS,
    { name: "force", help: "overwrite a file that is there" },
    { name: "language", value: "LANGUAGE", choices: ["en", "fr"], help: "of the pages: en (default) or fr" },
  ],
  examples: ["sceau export backup.zip --password-file pw --totp-secret-file totp"],
  async run(context) {
    const [file = ""] = context.args;
    const language = context.text("language") ?? "en";
    if (language !== "en" && language !== "fr") throw usage("--language takes en or fr.");
    const force = context.is("force");
    if (file !== "-") requirePlace(file, force);
    await withClient(context, async (client) => {
      const { export: actions } = await client.messenger.account();
      await stepUp(context, client);
      const prepared = await actions.prepare();
      let progress = { conversations: 0, messages: 0, unreadable: 0 };
      const stream = await prepared.open({
        words: wordsOf(language),
        host: new URL(client.store.read().origin).host,
        // A signal ends this process, and the file goes with it.
        signal: new AbortController().signal,
        onProgress: (now) => {
          progress = now;
        },
      });
      await save(stream, file, force);
      const { conversations, messages, unreadable } = progress;
      const facts = `${messages} messages of ${conversations} conversations, ${unreadable} unreadable`;
      if (file === "-") context.out.note(facts);
      else await context.out.result({ file, conversations, messages, unreadable }, `${file}: ${facts}`);
    });
  },
};

async function save(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  file: string,
  force: boolean,
): Promise<void> {
  const source = Readable.fromWeb(stream as NodeStream);
  if (file === "-") return pipeline(source, process.stdout, { end: false });
  await writeWhole(file, source, async (part) => {
    if (force) await rename(part, file);
    else if (!(await takeName(part, file))) throw isThere(file);
  });
}

/** Before password and code are asked for. @throws Failure */
function requirePlace(file: string, force: boolean): void {
  const there = statSync(file, { throwIfNoEntry: false });
  if (there?.isDirectory()) throw usage(`${file} is a folder.`);
  if (there && !force) throw isThere(file);
  if (!existsSync(dirname(file))) throw usage(`${dirname(file)} is not there.`);
}

function isThere(file: string): Failure {
  return new Failure(EXIT.usage, "file-exists", `${file} is there already: say --force to overwrite it.`);
}

function wordsOf(locale: Locale): ExportWords {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const { format: write } = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, options);
    return (at: number) => write(at);
  };
  return {
    locale,
    t: createTranslate(locale, TEXTS[locale]),
    day: format({ dateStyle: "full" }),
    clock: format({ timeStyle: "short" }),
    exact: format({ dateStyle: "full", timeStyle: "long" }),
  };
}
