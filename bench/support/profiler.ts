import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright";
import { WebSocket } from "ws";

/** Where a Node process under `inspectArgument` is asked for its profile. */
const PORT = 9_231;

export const inspectArgument = `--inspect=127.0.0.1:${PORT}`;

export interface Profiler {
  /** Runs `work` and writes what the server and the page were busy with: <name>.server.cpuprofile, <name>.page.cpuprofile. */
  during(name: string, page: Page, work: () => Promise<unknown>): Promise<void>;
  close(): void;
}

/** Profiles as Chromium's own tools show them, in `folder`. */
export async function startProfiler(folder: string): Promise<Profiler> {
  await mkdir(folder, { recursive: true });
  const [target] = (await (await fetch(`http://127.0.0.1:${PORT}/json/list`)).json()) as {
    webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? "", { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  let asked = 0;
  const ask = (method: string) => {
    asked += 1;
    const id = asked;
    return new Promise<{ profile?: unknown }>((resolve) => {
      const hear = (raw: unknown) => {
        const answer = JSON.parse(String(raw)) as { id?: number; result: { profile?: unknown } };
        if (answer.id !== id) return;
        socket.off("message", hear);
        resolve(answer.result);
      };
      socket.on("message", hear);
      socket.send(JSON.stringify({ id, method }));
    });
  };
  await ask("Profiler.enable");
  return {
    async during(name, page, work) {
      const devtools = await page.context().newCDPSession(page);
      await devtools.send("Profiler.enable");
      await Promise.all([devtools.send("Profiler.start"), ask("Profiler.start")]);
      await work();
      const [ofPage, ofServer] = await Promise.all([devtools.send("Profiler.stop"), ask("Profiler.stop")]);
      await devtools.detach();
      await writeFile(join(folder, `${name}.page.cpuprofile`), JSON.stringify(ofPage.profile));
      await writeFile(join(folder, `${name}.server.cpuprofile`), JSON.stringify(ofServer.profile));
    },
    close: () => socket.close(),
  };
}
