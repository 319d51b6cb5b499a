import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type Config, parseConfig } from "../../server/config.ts";
import { createServer } from "../../server/listen.ts";
import { startNext } from "../../server/next-app.ts";

const data = mkdtempSync(join(tmpdir(), "upgrade-test-"));
const config = parseConfig(["--data", data], {}) as Config;
const next = await startNext(config);
const server = createServer(null, next.handle);

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await next.close();
  rmSync(data, { recursive: true });
});

test("the server has one upgrade listener, ours, before and after Next has answered", async () => {
  const ours = () => {};
  server.on("upgrade", ours);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  for (const path of ["/en/login", "/en/nope", "/api/nope"]) {
    await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
    expect(server.listeners("upgrade")).toEqual([ours]);
  }
});
