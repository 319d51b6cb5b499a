import { CryptoError } from "../../crypto/errors.ts";
import { AppError } from "../../protocol/errors.ts";
import { IdentityChangedError } from "../identities.ts";

/** What a room's rules, keys or people do not let happen, as views know errors. */
export function toAppError(error: unknown): unknown {
  if (error instanceof IdentityChangedError) return new AppError("identity-changed", error.account);
  if (!(error instanceof CryptoError)) return error;
  return new AppError(error.code === "not-allowed" ? "not-found" : "internal", error.message);
}

type Action = (...args: never[]) => Promise<unknown>;

/** The same actions, each rejecting with AppError. */
export function withAppErrors<T extends { readonly [Name in keyof T]: Action }>(actions: T): T {
  const wrapped = Object.entries<Action>(actions).map(([name, action]) => [
    name,
    async (...args: never[]) => {
      try {
        return await action(...args);
      } catch (error) {
        throw toAppError(error);
      }
    },
  ]);
  return Object.fromEntries(wrapped) as T;
}
