import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type TLSSocket } from "node:tls";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadTls } from "./tls.ts";

const publicUrl = new URL("https://chat.example.org");
let dataFolder: string;

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), "tls-test-"));
});

afterEach(() => rmSync(dataFolder, { recursive: true }));

async function generated(url = publicUrl, now?: Date): Promise<{ cert: string; key: string }> {
  const options = await loadTls({ tls: { kind: "generated" }, dataFolder, publicUrl: url }, now);
  return { cert: String(options?.cert), key: String(options?.key) };
}

function files(pair: { cert: string; key: string }): { kind: "files"; certPath: string; keyPath: string } {
  const [certPath, keyPath] = [join(dataFolder, "c.pem"), join(dataFolder, "k.pem")];
  writeFileSync(certPath, pair.cert);
  writeFileSync(keyPath, pair.key);
  return { kind: "files", certPath, keyPath };
}

describe("loadTls", () => {
  it("names the public address, localhost and this host, in a file for its owner only", async () => {
    const certificate = new X509Certificate((await generated()).cert);
    for (const name of ["chat.example.org", "localhost", hostname()])
      expect(certificate.checkHost(name)).toBe(name);
    for (const address of ["127.0.0.1", "::1"]) expect(certificate.checkIP(address)).toBe(address);
    expect(certificate.checkHost("other.example.org")).toBeUndefined();
    expect(statSync(join(dataFolder, "tls", "default.pem")).mode & 0o777).toBe(0o600);
  });

  it("is used again, and made anew when it is about to expire or a name is missing", async () => {
    const first = await generated();
    expect(await generated()).toEqual(first);
    const later = await generated(publicUrl, new Date(Date.now() + 390 * 86_400_000));
    expect(later.cert).not.toBe(first.cert);
    const renamed = await generated(new URL("https://new.example.org"));
    expect(new X509Certificate(renamed.cert).checkHost("new.example.org")).toBe("new.example.org");
  });

  it("serves TLS 1.2 and 1.3, nothing older", async () => {
    const options = await loadTls({ tls: { kind: "generated" }, dataFolder, publicUrl });
    const server = createServer({ ...options }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const handshake = async (version: "TLSv1.1" | "TLSv1.2" | "TLSv1.3"): Promise<TLSSocket> => {
      const range = { minVersion: version, maxVersion: version, ciphers: "DEFAULT@SECLEVEL=0" };
      const socket = connect({ port, host: "127.0.0.1", ca: String(options?.cert), ...range });
      await once(socket, "secureConnect").finally(() => socket.destroy());
      return socket;
    };
    expect((await handshake("TLSv1.2")).authorized).toBe(true);
    expect((await handshake("TLSv1.3")).authorized).toBe(true);
    await expect(handshake("TLSv1.1")).rejects.toThrow();
    server.close();
  });

  it("reads the files it is given", async () => {
    const pair = await generated();
    expect(await loadTls({ tls: files(pair), dataFolder, publicUrl })).toEqual({
      ...pair,
      minVersion: "TLSv1.2",
    });
    expect(await loadTls({ tls: { kind: "off" }, dataFolder, publicUrl })).toBeNull();
  });

  it("refuses files that are missing, not PEM, not a pair, or expired, with a sentence", async () => {
    const pair = await generated();
    const other = await generated(new URL("https://other.example.org"));
    const load = (tls: ReturnType<typeof files>, now?: Date) => loadTls({ tls, dataFolder, publicUrl }, now);
    await expect(load({ ...files(pair), keyPath: "/nowhere.pem" })).rejects.toThrow(
      /nowhere.pem cannot be read/,
    );
    await expect(load(files({ cert: pair.cert, key: "not a key" }))).rejects.toThrow(/not a readable PEM/);
    await expect(load(files({ cert: pair.cert, key: other.key }))).rejects.toThrow(/do not belong together/);
    await expect(load(files(pair), new Date("2100-01-01"))).rejects.toThrow(/expired on/);
    expect(readFileSync(join(dataFolder, "c.pem"), "utf8")).toBe(pair.cert);
  });
});
