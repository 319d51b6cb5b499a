import { AppError } from "../../protocol/errors.ts";

/** For a failure to end or to look into something: it is gone by itself meanwhile, and that is as good. @throws any other error */
export function unlessGone(error: unknown): void {
  if (!(error instanceof AppError && error.code === "not-found")) throw error;
}
