import { AppError } from "../../protocol/errors.ts";
import type { Context } from "../cli/command.ts";
import { EXIT, Failure } from "../failure.ts";
import type { Client } from "./connect.ts";
import { beforeNextCode, isWrong } from "./new-account.ts";
import { findCode, findPassword, withCode } from "./secrets.ts";

/** Both factors once more, wherever those come from. @throws AppError, Failure "step-up-required" after an app password */
export async function stepUp(context: Context, { messenger, platform }: Client): Promise<void> {
  const { sessions } = await messenger.account();
  const password = await findPassword(context.options, context.env);
  await withCode(
    findCode(context.options),
    (code) => sessions.stepUp({ password, code }).catch(explain),
    isWrong,
    () => beforeNextCode(context, platform),
  );
}

function explain(error: unknown): never {
  if (!(error instanceof AppError && error.code === "step-up-required")) throw error;
  throw new Failure(
    EXIT.refused,
    "step-up-required",
    "This session began by an app password, which does not do for this: sceau login with password and code first.",
  );
}
