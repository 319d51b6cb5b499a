import { type Command, GLOBAL_OPTIONS, type OptionSpec } from "./command.ts";

const WIDTH = 80;
const INDENT = "       ";

const EXIT_STATUS = [
  "0  done",
  "1  an error nobody foresaw",
  "2  the command line or the input is wrong",
  "3  nobody is signed in here, or this device has no keys",
  "4  the server or the rules of a room refuse",
  "5  the server cannot be reached, or was away for too long",
  "6  there is no such person, room or message",
  "7  trust: somebody's identity changed, numbers differ, records do not fit",
  "8  not yet: somebody else must act first, or another process is at it",
  "9  what is kept here cannot be opened or written: passphrase, mode, damage, disk",
  "129, 130, 143  ended by SIGHUP, SIGINT, SIGTERM",
];

const ENVIRONMENT = [
  "SCEAU_HOME, SCEAU_ACCOUNT, SCEAU_SERVER, SCEAU_PASSPHRASE, SCEAU_PASSPHRASE_FILE, SCEAU_PASSWORD, SCEAU_APP_PASSWORD, SCEAU_RECOVERY_CODE: see the options. Other programs of the same user can read a process's environment: files are better.",
];

export function overview(commands: readonly Command[]): string {
  const widest = Math.max(...commands.map(({ name }) => name.length));
  const list = commands.map(({ name, summary }) => `${INDENT}${name.padEnd(widest)}  ${summary}`);
  return [
    section("NAME", ["sceau - the messenger without a face"]),
    section("SYNOPSIS", ["sceau [options] <command> [arguments]", "sceau help <command>"]),
    `COMMANDS\n${list.join("\n")}`,
    `OPTIONS\n${GLOBAL_OPTIONS.map(option).join("\n")}`,
    section("EXIT STATUS", EXIT_STATUS),
    section("ENVIRONMENT", ENVIRONMENT),
  ].join("\n\n");
}

export function helpOf(command: Command): string {
  const { name, summary, synopsis, description, options, examples } = command;
  return [
    section("NAME", [`sceau ${name} - ${summary}`]),
    section("SYNOPSIS", [`sceau ${name} ${synopsis}`.trimEnd()]),
    `DESCRIPTION\n${description.map(paragraph).join("\n\n")}`,
    options.length > 0 && `OPTIONS\n${options.map(option).join("\n")}`,
    `GLOBAL OPTIONS\n${GLOBAL_OPTIONS.map(option).join("\n")}`,
    section("EXIT STATUS", EXIT_STATUS),
    `EXAMPLES\n${examples.map((example) => `${INDENT}${example}`).join("\n")}`,
  ]
    .filter(Boolean)
    .join("\n\n");
}

function section(title: string, lines: readonly string[]): string {
  return `${title}\n${lines.map(paragraph).join("\n")}`;
}

function option({ name, short, value, choices, help }: OptionSpec): string {
  const shown = choices ? choices.join("|") : value;
  const head = `${short ? `-${short}, ` : ""}--${name}${value ? ` ${shown}` : ""}`;
  return `${INDENT}${head}\n${paragraph(help, `${INDENT}    `)}`;
}

function paragraph(text: string, indent: string | number = INDENT): string {
  const margin = typeof indent === "string" ? indent : INDENT;
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line && margin.length + line.length + 1 + word.length > WIDTH) {
      lines.push(margin + line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, margin + line].join("\n");
}
