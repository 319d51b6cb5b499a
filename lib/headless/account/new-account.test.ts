import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../cli/command.ts";
import { type Arrival, arrive, beforeNextCode } from "./new-account.ts";

const MINUTE = 60_000;

/** @param ahead of the server, this machine's clock, in milliseconds */
async function noted(ahead: number): Promise<string[]> {
  const notes: string[] = [];
  const date = new Date(Date.now() - ahead).toUTCString();
  await beforeNextCode({ out: { note: (text: string) => notes.push(text) } } as unknown as Context, {
    fetch: async () => new Response("{}", { headers: { date } }),
  });
  return notes;
}

it("tries the next code where the clocks agree", async () => {
  for (const ahead of [0, 20_000, -20_000]) expect(await noted(ahead)).toHaveLength(1);
});

it("names a wrong clock as what it is, for no code would be right", async () => {
  const refused = { code: "wrong-clock", exit: 4 };
  await expect(noted(10 * MINUTE)).rejects.toMatchObject({
    ...refused,
    message: expect.stringContaining("10 min ahead of"),
  });
  await expect(noted(-2880 * MINUTE)).rejects.toMatchObject({
    ...refused,
    message: expect.stringContaining("2880 min behind"),
  });
});

describe("a first sign-in", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "sceau-arrive-"));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const folder = () => join(home, "alice@sceau.test");
  const refused = () => Promise.reject(new Error("refused"));
  function arriving<T>(work: (arrival: Arrival) => Promise<T>, timeout = "30"): Promise<T> {
    const given: Record<string, string> = { home, timeout };
    const options = { "no-passphrase": true };
    const context = { env: {}, options, text: (name: string) => given[name] } as unknown as Context;
    return arrive(context, "alice", "https://sceau.test", work);
  }

  it("that fails takes back what it made, and nothing else", async () => {
    await expect(arriving(refused)).rejects.toThrow("refused");
    expect(readdirSync(home)).toEqual([]);
    mkdirSync(folder(), { mode: 0o700 });
    for (const name of ["pw", "recovery.json"])
      writeFileSync(join(folder(), name), "mine\n", { mode: 0o600 });
    await expect(arriving(refused)).rejects.toThrow("refused");
    expect(readdirSync(folder()).sort()).toEqual(["pw", "recovery.json"]);
  });

  it("waits for another one, and takes nothing of that away", async () => {
    let finish = () => {};
    const first = arriving(
      () =>
        new Promise<void>((done) => {
          finish = done;
        }),
    );
    await expect(arriving(refused, "1")).rejects.toMatchObject({ code: "busy", exit: 8 });
    expect(readdirSync(folder()).sort()).toEqual(["arriving", "key", "state"]);
    const second = arriving(({ isKnown }) => Promise.reject(new Error(`known: ${isKnown}`)));
    finish();
    await first;
    await expect(second).rejects.toThrow("known: true");
    expect(readdirSync(folder()).sort()).toEqual(["key", "state"]);
  });
});
