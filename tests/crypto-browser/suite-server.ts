import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import { readVectors } from "../../lib/crypto/testing/read-vectors.ts";

const PAGE =
  '<!doctype html><meta charset="utf-8"><title>suites</title><script type="module" src="/page-entry.js"></script>';

/** Bundles the suites for the browser and serves them, with the vectors, on loopback. */
export async function startSuiteServer(): Promise<{ readonly address: string; close(): void }> {
  const files = new Map([
    ["/", { type: "text/html", body: PAGE }],
    ["/vectors.json", { type: "application/json", body: JSON.stringify(await readVectors()) }],
  ]);
  const { outputFiles } = await build({
    entryPoints: ["page-entry.ts", "worker-entry.ts"].map((name) => `${import.meta.dirname}/${name}`),
    outdir: "/",
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2023",
    // The library names Node's module in a branch that no browser takes.
    external: ["crypto"],
  });
  for (const { path, text } of outputFiles) files.set(path, { type: "text/javascript", body: text });
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? "");
    response.writeHead(file ? 200 : 404, { "content-type": file?.type ?? "text/plain" });
    response.end(file?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
