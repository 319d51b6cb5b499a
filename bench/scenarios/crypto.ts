import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import { launch } from "../../tests/e2e/browser.ts";
import type { Row } from "../load/report.ts";
import type { Scenario } from "./scenario.ts";

const MEMBERS = 1_000;

interface Figures {
  readonly primitives: number;
  readonly opened: number;
  readonly encapsulated: number;
  readonly sealed: number;
}

/** In a worker of a real Chromium: messages opened and a room's key sealed to a thousand, beside the bare primitives. */
export const measureCrypto: Scenario = async ({ rounds, seconds }) => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "..", "load", "crypto-worker.ts")],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2023",
    external: ["crypto"],
  });
  const script = outputFiles[0]?.text ?? "";
  const server = createServer(({ url }, response) => {
    const isScript = url === "/worker.js";
    response.writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html" });
    response.end(isScript ? script : "<!doctype html><title>bench</title>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await launch();
  const all: Figures[] = [];
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    for (let round = 0; round < rounds; round += 1)
      all.push(await page.evaluate(askWorker, { milliseconds: seconds * 250, members: MEMBERS }));
  } finally {
    await browser.close();
    server.close();
  }
  const figures = (kind: keyof Figures) => all.map((one) => one[kind]);
  const [bare, encapsulating] = ["AES-GCM and Ed25519 alone, in a worker", "X-Wing alone, in a worker"];
  return [
    { what: bare, unit: "/s", figures: figures("primitives") },
    { what: "messages opened", unit: "/s", figures: figures("opened"), of: bare },
    { what: encapsulating, unit: "/s", figures: figures("encapsulated") },
    { what: `a room's key sealed to ${MEMBERS}`, unit: "/s", figures: figures("sealed"), of: encapsulating },
  ] satisfies Row[];
};

/** In the page. */
function askWorker(sizes: { milliseconds: number; members: number }): Promise<Figures> {
  return new Promise((resolve, reject) => {
    const worker = new Worker("/worker.js", { type: "module" });
    worker.addEventListener("error", (event) => reject(new Error(event.message)));
    worker.addEventListener("message", ({ data }: MessageEvent<{ figures?: Figures; failed?: string }>) => {
      worker.terminate();
      if (data.figures) resolve(data.figures);
      else reject(new Error(data.failed));
    });
    worker.postMessage(sizes);
  });
}
