import { rmSync } from "node:fs";
import { resolve } from "node:path";
import type { Context } from "../cli/command.ts";
import { createPrivateFile, writePrivateFile } from "../state/private-files.ts";

/** What is told once: the authenticator's secret and the recovery code. */
export interface ToldOnce {
  readonly totpUri?: string;
  readonly totpSecret?: string;
  readonly recoveryCode?: string;
}

/** Where that goes: a new file of one's own, or standard output with the result. */
export interface SecretsOut {
  /** Writes it down before anything depends on it. @returns what the result says of it */
  keep(secrets: ToldOnce): ToldOnce | { readonly secretsOut: string };
  /** Nothing came of it. */
  drop(): void;
}

/** The file is made at once, so that a wrong path is known before there is anything to lose. @throws Failure */
export function openSecretsOut(context: Context): SecretsOut {
  const option = context.text("secrets-out");
  if (option === undefined) return { keep: (secrets) => secrets, drop: () => {} };
  const path = resolve(option);
  createPrivateFile(path, "");
  return {
    keep(secrets) {
      writePrivateFile(path, `${JSON.stringify(secrets, null, 2)}\n`);
      return { secretsOut: path };
    },
    drop: () => rmSync(path, { force: true }),
  };
}

export function secretsText(kept: ReturnType<SecretsOut["keep"]>): string {
  if ("secretsOut" in kept) return `Authenticator and recovery code are in ${kept.secretsOut}. Keep it safe.`;
  const lines = [
    kept.totpUri && `Authenticator:  ${kept.totpUri}`,
    kept.recoveryCode && `Recovery code:  ${kept.recoveryCode}`,
  ].filter(Boolean);
  return `${lines.join("\n")}\nKeep this safe: it is not shown again.`;
}
