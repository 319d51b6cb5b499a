import { stripVTControlCharacters } from "node:util";
import { EXIT, Failure } from "../failure.ts";

/** Where a command's words go: results to standard output, everything else to standard error. */
export interface Output {
  readonly json: boolean;
  /** What was asked for: `value` as a line of JSON, or `text` for people. Resolves when it was handed on. */
  result(value: object, text: string): Promise<void>;
  /** A line of JSON, whatever was asked for. */
  line(value: object): Promise<void>;
  /** For whoever watches; not with --quiet. */
  note(text: string): void;
}

export interface OutputOptions {
  readonly json: boolean;
  readonly quiet: boolean;
}

export function createOutput({ json, quiet }: OutputOptions): Output {
  const line = (value: object) => write(`${oneLine(value)}\n`);
  return {
    json,
    result: (value, text) => (json ? line(value) : text ? write(`${plain(text)}\n`) : Promise.resolve()),
    line,
    note: (text) => {
      if (!quiet) process.stderr.write(`${json ? oneLine({ note: text }) : plain(text)}\n`);
    },
  };
}

/** JSON in what every reader takes for one line: some end it at a separator that JSON leaves as it is. */
export function oneLine(value: object): string {
  const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(/[\u0085\u2028\u2029]/g, escaped);
}

/** Resolves when the reader has room again: nothing is said to be told before it was taken. */
function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(writingProblem(error)) : resolve()));
  });
}

export const READER_GONE = "reader-gone";

/** Of standard output. A pipe's reader breaks it by going; a socket's also with something unread. */
export function writingProblem(error: Error): Error {
  if (!["EPIPE", "ECONNRESET"].includes((error as NodeJS.ErrnoException).code ?? "")) return error;
  return new Failure(EXIT.state, READER_GONE, "Whoever read standard output has gone.");
}

/** What others wrote must not move the cursor, change colours or lie about what stands where. */
export function plain(text: string): string {
  return (
    stripVTControlCharacters(text)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, "\ufffd")
  );
}
