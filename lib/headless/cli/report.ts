import account from "../../../locales/account.en.json";
import main from "../../../locales/en.json";
import files from "../../../locales/files.en.json";
import registration from "../../../locales/registration.en.json";
import rooms from "../../../locales/rooms.en.json";
import { IdentityChangedError } from "../../client/identities.ts";
import { CryptoError } from "../../crypto/errors.ts";
import { AppError } from "../../protocol/errors.ts";
import { EXIT, type ExitCode, exitOf, Failure } from "../failure.ts";

const texts = { ...main, ...account, ...registration, ...rooms, ...files };

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
    const sentence = (texts as Partial<Record<string, string>>)[`error.${code}`] ?? texts["error.unknown"];
    return { exit: exitOf(error), code, message: sentence };
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
