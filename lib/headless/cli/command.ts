import type { Output } from "../terminal/output.ts";

export interface OptionSpec {
  readonly name: string;
  /** What its value is called in the help, as "FILE"; absent for a switch. */
  readonly value?: string;
  readonly short?: string;
  /** May be given several times. */
  readonly many?: true;
  readonly help: string;
  /** What a shell may offer for the value. */
  readonly choices?: readonly string[];
}

export type Options = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** What a command gets to work with. */
export interface Context {
  /** By name without dashes. */
  readonly options: Options;
  /** A value that was given; undefined otherwise. */
  text(name: string): string | undefined;
  /** The values of an option that may be given several times. */
  texts(name: string): readonly string[];
  is(name: string): boolean;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly out: Output;
  /** Aborted by SIGINT, SIGTERM and SIGHUP, where these do not end the command at once. */
  readonly signal: AbortSignal;
  /** Meanwhile they do not, in any command: they reject what is returned, so that what was begun can be taken back. */
  untilSignal<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

export interface Command {
  /** One word, or two: "room create". */
  readonly name: string;
  readonly summary: string;
  /** What follows the name, as "<to> [text]". */
  readonly synopsis: string;
  /** How many arguments there may be. */
  readonly args: readonly [least: number, most: number];
  readonly description: readonly string[];
  readonly options: readonly OptionSpec[];
  readonly examples: readonly string[];
  /** Ends well by a signal, after it has put everything in order. */
  readonly endsBySignal?: true;
  run(context: Context): Promise<void>;
}

export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  {
    name: "home",
    value: "FOLDER",
    help: "where accounts are kept; also SCEAU_HOME. Default: ~/.config/sceau",
  },
  {
    name: "account",
    value: "NAME",
    help: "which of several accounts, as alice or alice@host; also SCEAU_ACCOUNT",
  },
  {
    name: "passphrase-file",
    value: "FILE",
    help: "its first line opens what is kept here; also SCEAU_PASSPHRASE_FILE, SCEAU_PASSPHRASE",
  },
  {
    name: "timeout",
    value: "SECONDS",
    help: "how long to wait for an answer of the server, 30 at most for each, and for others. Default: 30",
  },
  { name: "json", help: "print JSON, one value a line; errors and notes too, on standard error" },
  { name: "quiet", short: "q", help: "say nothing on standard error but errors" },
  { name: "debug", help: "say on standard error what happens" },
  { name: "help", short: "h", help: "show this" },
  { name: "version", help: "show the version" },
];

export const SIGN_IN_OPTIONS: readonly OptionSpec[] = [
  {
    name: "password-file",
    value: "FILE",
    help: "its first line is the password, - for standard input; also SCEAU_PASSWORD",
  },
  {
    name: "totp-secret-file",
    value: "FILE",
    help: "the authenticator's secret or otpauth URI, mode 600: codes are made from it",
  },
  { name: "code", value: "CODE", help: "the authenticator's code, or a sign-in code" },
];

export const APP_PASSWORD: OptionSpec = {
  name: "app-password-file",
  value: "FILE",
  help: "its first line is an app password, in place of password and code; also SCEAU_APP_PASSWORD, where neither of those is given by an option",
};

export const NEW_STATE_OPTIONS: readonly OptionSpec[] = [
  {
    name: "no-passphrase",
    help: "seal what is kept here with a key file beside it: whoever can read both has everything",
  },
  { name: "device-name", value: "NAME", help: "how this device is called in the list of one's own" },
  {
    name: "ca-file",
    value: "FILE",
    help: "PEM certificates to trust for this server, as its self-signed one; remembered",
  },
];

export const SECRETS_OUT: OptionSpec = {
  name: "secrets-out",
  value: "FILE",
  help: "write the recovery code and the authenticator's secret to this new file, mode 600, instead of printing them",
};
