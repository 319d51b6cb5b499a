import account from "../../../locales/account.en.json";
import main from "../../../locales/en.json";
import files from "../../../locales/files.en.json";
import registration from "../../../locales/registration.en.json";
import rooms from "../../../locales/rooms.en.json";
import { IdentityChangedError } from "../../client/identities.ts";
import { CryptoError } from "../../crypto/errors.ts";
import { AppError, type ErrorCode } from "../../protocol/errors.ts";
import { EXIT, type ExitCode, exitOf, Failure } from "../failure.ts";

const texts = { ...main, ...account, ...registration, ...rooms, ...files };

const OTHER_ADDRESS = "The server has another address: give --server the one that its pages are opened at.";
const OTHER_VERSION = "The server is of another version: use the sceau that comes with it.";

/** Where the sentence for a browser is none for a terminal. */
const INSTEAD: { readonly [Code in ErrorCode]?: string } = {
  "wrong-host": OTHER_ADDRESS,
  "wrong-origin": OTHER_ADDRESS,
  "method-not-allowed": OTHER_VERSION,
  "wrong-content-type": OTHER_VERSION,
  "too-many-sockets": "This account is open in too many places at once. Close some and try again.",
  "session-stale": "The session needs renewing: sceau login.",
  "keys-exist": "The account already has keys: sceau login with its recovery code, or sceau link.",
  "link-expired": "This code is no longer good: it lasts two minutes and works once. Make a new one.",
  "link-mismatch":
    "The two devices do not agree, so nothing was handed over. Start again; if it happens again, tell your administrator.",
  "file-missing": "A file of this message is not on the server any more. Send it once more.",
  "no-room-here":
    "There is no room left to prepare the file. Make room on this device, or send smaller files.",
};

/** What an error is to whoever called the command. */
export interface Report {
  readonly exit: ExitCode;
  readonly code: string;
  readonly message: string;
}

export function reportOf(error: unknown): Report {
  if (error instanceof Failure) return error;
  if (error instanceof AppError) {
    const { code } = error;
    const ofBrowser = (texts as Partial<Record<string, string>>)[`error.${code}`];
    const message = INSTEAD[code] ?? ofBrowser ?? "Something went wrong. Try again.";
    return { exit: exitOf(error), code, message };
  }
  if (error instanceof IdentityChangedError) return reportOf(new AppError("identity-changed"));
  if (error instanceof CryptoError)
    return { exit: EXIT.trust, code: error.code, message: "What the server handed out cannot be trusted." };
  if (isOfDisk(error))
    return { exit: EXIT.state, code: "unwritable", message: `It could not be written (${error.message}).` };
  const message = error instanceof Error ? error.message : String(error);
  return { exit: EXIT.internal, code: "internal", message: `Something went wrong: ${message}` };
}

const OF_DISK = ["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM", "EIO"];

/** Full, or not to be written to, wherever that was noticed: a file that is saved, standard output. */
const isOfDisk = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error &&
  "syscall" in error &&
  OF_DISK.includes((error as NodeJS.ErrnoException).code ?? "");
