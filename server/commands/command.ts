import type { Services } from "../services/services.ts";

/** What a command may ask of the server. */
export interface Context {
  readonly services: Services;
  /** Where browsers find the server: for links. */
  readonly publicUrl: URL;
  /** Words after the command's name, in their order. */
  readonly words: readonly string[];
  /** Of the command's own flags, those that were given. */
  readonly flags: Readonly<Record<string, string>>;
  readonly json: boolean;
}

/** Lines for people, and the same for programs; or parts that are passed on as they come. */
export type Answer = { readonly text: string; readonly json: unknown } | AsyncIterable<string>;

export interface Command {
  /** Names of the words it takes; those in brackets may be left out. */
  readonly words: readonly string[];
  readonly flags: readonly string[];
  /** Flags without a value: "true" where they are given. */
  readonly switches?: readonly string[];
  readonly help: string;
  run(context: Context): Promise<Answer>;
}

/** What was typed is no command, or not how this one is called. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
