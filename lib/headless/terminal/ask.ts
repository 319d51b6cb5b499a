import { closeSync, openSync, writeSync } from "node:fs";
import { ReadStream } from "node:tty";
import { EXIT, Failure, usage } from "../failure.ts";

const INTERRUPT = "\u0003";
const END = "\u0004";
const ERASE = new Set(["\b", "\u007f"]);
const ERASE_LINE = "\u0015";

/**
 * Asks the person at the terminal, whatever standard input and output are.
 * @param shown whether what is typed is to be seen
 * @param otherwise what to do where there is no terminal, as "--password-file"
 * @throws Failure "usage" without a terminal, "interrupted"
 */
export async function ask(question: string, shown: boolean, otherwise: string): Promise<string> {
  let terminal: number;
  try {
    terminal = openSync("/dev/tty", "r+");
  } catch {
    throw usage(`${question} is not known and there is no terminal to ask at: say ${otherwise}.`);
  }
  const input = new ReadStream(terminal);
  const write = (text: string) => writeSync(terminal, text);
  write(`${question}: `);
  input.setRawMode(true);
  let typed = "";
  try {
    for await (const chunk of input) {
      for (const key of String(chunk)) {
        if (key === INTERRUPT) throw new Failure(EXIT.interrupted, "interrupted", "Interrupted.");
        if (key === "\r" || key === "\n" || key === END) return typed;
        const erased = ERASE.has(key) ? [...typed].slice(0, -1).join("") : key === ERASE_LINE ? "" : null;
        if (shown) write(erased === null ? key : `\r\u001b[K${question}: ${erased}`);
        typed = erased ?? typed + key;
      }
    }
    return typed;
  } finally {
    input.setRawMode(false);
    write("\n");
    input.destroy();
    try {
      closeSync(terminal);
    } catch {
      // The stream has closed it.
    }
  }
}
