import { isGiven } from "./given.ts";

const isOn = isGiven("debug");

/** With --debug, on standard error: what happens, never what is in it. */
export function debug(text: string): void {
  if (isOn) process.stderr.write(`${new Date().toISOString()} ${text}\n`);
}
