import { dictionary } from "@zxcvbn-ts/language-common";
import { AppError } from "../../lib/protocol/errors.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import { SERVER_LIMITS } from "../limits.ts";

const COMMON: ReadonlySet<string> = new Set(dictionary["passwords-common"]);

/**
 * @param min how many characters it has at least
 * @throws AppError "bad-password" for text that no keyboard makes or that is too long or short (before any
 * hashing), "weak-password" for one that is known from breaches or is the person's own name.
 */
export function checkNewPassword(password: string, names: readonly string[], min: number): void {
  checkPasswordText(password);
  const { max } = LIMITS.passwordChars;
  const length = [...password].length;
  if (length < min || length > max)
    throw new AppError("bad-password", `a password has ${min} to ${max} characters`);
  const folded = password.toLowerCase();
  const repeats = new Set(folded).size < 4;
  if (repeats || COMMON.has(folded) || names.some((name) => folded === name.toLowerCase())) {
    throw new AppError("weak-password", "a password that others would try first");
  }
}

/** What every password must be, at sign-in too. @throws AppError "bad-password" */
export function checkPasswordText(password: string): void {
  if (
    !password.isWellFormed() ||
    password.includes("\0") ||
    Buffer.byteLength(password) > SERVER_LIMITS.passwordBytes
  ) {
    throw new AppError("bad-password", "not the text of a password");
  }
}
