import { AppError } from "../../protocol/errors.ts";

/** For a failure to end something: it has ended by itself meanwhile, so what was wanted is so. @throws any other error */
export function unlessGone(error: unknown): void {
  if (!(error instanceof AppError && error.code === "not-found")) throw error;
}
