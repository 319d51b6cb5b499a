import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setImmediate } from "node:timers/promises";
import { ERROR_STATUSES } from "../../protocol/error-statuses.ts";
import { AppError } from "../../protocol/errors.ts";
import { deliver } from "../account/deliver.ts";
import { patienceOf, wholeNumber, withClient } from "../account/open-account.ts";
import { readSecretFile } from "../account/secrets.ts";
import { findOrStart } from "../account/targets.ts";
import type { Command } from "../cli/command.ts";
import { reportOf } from "../cli/report.ts";
import { EXIT, type ExitCode, usage } from "../failure.ts";
import { createWebhook } from "../webhook.ts";

const TOKEN_CHARS = 16;
/** Before what the server answers: its 401 would speak of the token. */
const STATUSES: { readonly [Exit in ExitCode]?: number } = {
  [EXIT.network]: 503,
  [EXIT.waiting]: 503,
  [EXIT.signedOut]: 503,
  [EXIT.trust]: 409,
  [EXIT.state]: 507,
};

export const webhook: Command = {
  name: "webhook",
  summary: "take messages by HTTP on this machine, and seal them into a conversation",
  synopsis: "<to> --token-file FILE [--port PORT]",
  args: [1, 1],
  description: [
    'Listens on 127.0.0.1 only. POST / with "Authorization: Bearer <token>" and the text as text/plain, or as the field text of application/json, sends one message; the answer comes when the server has stored it, with its number. One message has at most 12,000 characters.',
    "Whoever is to reach it from elsewhere puts a proxy with TLS before it. SIGINT and SIGTERM end it in order, with 0.",
  ],
  options: [
    {
      name: "token-file",
      value: "FILE",
      help: "its first line is the token, at least 16 characters; mode 600",
    },
    { name: "port", value: "PORT", help: "0 for any that is free; said on standard output. Default: 8479" },
    { name: "per-minute", value: "N", help: "messages a minute that are taken, up to 1200. Default: 60" },
  ],
  examples: ["sceau webhook '#builds' --token-file token --port 8479"],
  endsBySignal: true,
  async run(context) {
    const file = context.text("token-file");
    if (!file) throw usage("The token is missing: say --token-file.");
    const token = readSecretFile(file);
    if (token.length < TOKEN_CHARS) throw usage(`The token has fewer than ${TOKEN_CHARS} characters.`);
    const port = wholeNumber(context, "port", 0, 65_535, 8479);
    const perMinute = wholeNumber(context, "per-minute", 1, 1_200, 60);
    const patience = patienceOf(context);
    const { out, signal } = context;
    await withClient(context, async (client) => {
      const conversation = await findOrStart(client, context.args[0] ?? "");
      let delivering: Promise<unknown> = Promise.resolve();
      const server = createWebhook({
        token,
        perMinute,
        patience,
        deliver(text, left) {
          // What was not begun is for the next one that listens.
          if (signal.aborted) throw new AppError("unavailable");
          const delivered = deliver(client, conversation, { type: "text", text }, left);
          delivering = delivered;
          return delivered;
        },
        refusal,
      });
      server.listen(port, "127.0.0.1");
      await once(server, "listening").catch((error: NodeJS.ErrnoException) => {
        throw usage(`Port ${port} cannot be listened on (${error.code}).`);
      });
      const { port: actual } = server.address() as AddressInfo;
      const url = `http://127.0.0.1:${actual}/`;
      await out.result({ url, conversation }, `Listening on ${url}`);
      try {
        await client.until(() => (signal.aborted ? true : null), null, signal);
      } finally {
        server.close();
        // Whoever waits for it hears how it ended.
        await delivering.catch(() => {});
        await setImmediate();
        server.closeAllConnections();
      }
    });
  },
};

function refusal(error: unknown): { status: number; code: string } {
  const { exit, code } = reportOf(error);
  const ofServer = error instanceof AppError ? ERROR_STATUSES[error.code] : 500;
  return { status: STATUSES[exit] ?? (ofServer >= 400 ? ofServer : 500), code };
}
