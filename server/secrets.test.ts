import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Config } from "./config.ts";
import { loadSecrets } from "./secrets.ts";

let dataFolder: string;
let file: string;

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), "secrets-test-"));
  file = join(dataFolder, "secrets.json");
});

afterEach(() => rmSync(dataFolder, { recursive: true }));

const load = (givenSecrets: Config["givenSecrets"] = {}) => loadSecrets({ dataFolder, givenSecrets });
const randomKey = () => randomBytes(32).toString("base64url");

describe("loadSecrets", () => {
  it("makes different 32-byte keys on the first run, for the owner's eyes only, and keeps them", () => {
    chmodSync(dataFolder, 0o755);
    const secrets = load();
    const keys = [secrets.jwt[0].key, secrets.pepper[0].key, secrets.totp[0].key];
    expect(keys.map((key) => key.length)).toEqual([32, 32, 32]);
    expect(new Set(keys.map(String)).size).toBe(3);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(dataFolder).mode & 0o777).toBe(0o700);
    expect(load()).toEqual(secrets);
  });

  it("makes none at one of several nodes, which takes the file of another or what is given", () => {
    const redisUrl = new URL("redis://cache");
    const loadOfNode = (givenSecrets = {}) => loadSecrets({ dataFolder, givenSecrets, redisUrl });
    expect(() => loadOfNode()).toThrow(/same keys: give JWT_SECRET, PASSWORD_PEPPER, TOTP_KEY/);
    expect(() => loadOfNode({ jwt: randomKey(), totp: randomKey() })).toThrow(/give PASSWORD_PEPPER as well/);
    expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined();
    const secrets = load();
    expect(loadOfNode()).toEqual(secrets);
  });

  it("prefers the environment, does not write it down, and reads several keys, the current one first", () => {
    const [jwt, older, pepper, olderPepper, totp] = [
      randomKey(),
      randomKey(),
      randomKey(),
      randomKey(),
      randomKey(),
    ];
    const given = { jwt: `${jwt},${older}`, pepper: `3:${pepper}, 2:${olderPepper}`, totp };
    const secrets = load(given);
    expect(secrets.jwt.map(({ key }) => Buffer.from(key).toString("base64url"))).toEqual([jwt, older]);
    expect(new Set(secrets.jwt.map(({ kid }) => kid)).size).toBe(2);
    expect(secrets.pepper.map(({ version }) => version)).toEqual([3, 2]);
    expect(secrets.totp.map(({ version }) => version)).toEqual([1]);
    expect(() => readFileSync(file)).toThrow(/ENOENT/);
    load({ jwt });
    expect(Object.keys(JSON.parse(readFileSync(file, "utf8"))).sort()).toEqual(["pepper", "totp"]);
  });

  it.each([
    ["short", "c2hvcnQ"],
    ["not base64url", `${"A".repeat(42)}+`],
    ["33 bytes", "A".repeat(44)],
    ["repeated byte", Buffer.alloc(32, 7).toString("base64url")],
    ["repeated pattern", Buffer.from("abcdefgh".repeat(4)).toString("base64url")],
    ["few bytes", Buffer.from(Array.from({ length: 32 }, (_, i) => i % 15)).toString("base64url")],
    ["a phrase", Buffer.from("The quick brown fox jumps over a").toString("base64url")],
    ["nothing after the comma", `${randomBytes(32).toString("base64url")},`],
  ])("refuses a weak key: %s", (_, key) => {
    expect(() => load({ jwt: key })).toThrow(/^JWT_SECRET /);
    expect(() => load({ pepper: `1:${key}` })).toThrow(/^PASSWORD_PEPPER /);
    expect(() => load({ totp: key })).toThrow(/^TOTP_KEY /);
  });

  it("never quotes a key it refuses", () => {
    expect(() => load({ jwt: "hunter2" })).not.toThrow(/hunter2/);
  });

  it("refuses a file that others may read", () => {
    load();
    for (const mode of [0o640, 0o604, 0o620]) {
      chmodSync(file, mode);
      expect(() => load()).toThrow(/Others on this machine can read/);
    }
  });

  it("refuses a damaged file instead of making new keys", () => {
    load();
    for (const content of ["", "{", '{"jwt":7}', '{"unknown":"x"}']) {
      writeFileSync(file, content);
      expect(() => load()).toThrow(/is damaged/);
    }
  });
});
