import { describe, expect, test } from "vitest";
import type { Bytes } from "../base/bytes.ts";
import { type AccountId, newId } from "../base/ids.ts";
import { pinShard } from "../crypto/vault.ts";
import { createPins, type Pin } from "./pins.ts";

/** What two devices of one account write to. */
interface Server {
  readonly entries: Map<string, Bytes>;
  writes: number;
}

/** A device that reads what it saw last, and applies its change to what is there when it writes. */
function device(server: Server) {
  const seen = new Map<string, Bytes>();
  return createPins({
    read: (entry) => seen.get(entry) ?? null,
    async update(entry, change) {
      // Judged on the stale copy first, as a write that is then refused.
      change(seen.get(entry) ?? null);
      await Promise.resolve();
      const after = change(server.entries.get(entry) ?? null);
      if (!after) return;
      server.entries.set(entry, after);
      server.writes += 1;
      seen.set(entry, after);
    },
  });
}

const newServer = (): Server => ({ entries: new Map(), writes: 0 });
const key = (fill: number) => new Uint8Array(32).fill(fill);
const pinned = (...fills: number[]): Pin => ({
  keys: fills.map((fill) => ({ key: key(fill), since: fill })),
  verifiedAt: null,
});

/** People of one shard, so that they meet in one entry. */
function neighbours(count: number): AccountId[] {
  const found: AccountId[] = [];
  while (found.length < count) {
    const account = newId<AccountId>();
    if (pinShard(account) === 7) found.push(account);
  }
  return found;
}

describe("pins of two devices", () => {
  test("the first pin of a person stays", async () => {
    const server = newServer();
    const [one, two] = [device(server), device(server)];
    const [account] = neighbours(1) as [AccountId];
    await one.change(account, (pin) => pin ?? pinned(1));
    await two.change(account, (pin) => pin ?? pinned(2));
    expect(await two.find(account)).toEqual(pinned(1));
  });

  test("a mark of comparison survives what the other device writes into the same entry", async () => {
    const server = newServer();
    const [one, two] = [device(server), device(server)];
    const [a, b] = neighbours(2) as [AccountId, AccountId];
    await one.change(a, () => pinned(1));
    await one.change(a, (pin) => pin && { ...pin, verifiedAt: 9 });
    await two.change(b, (pin) => pin ?? pinned(2));
    await one.change(b, (pin) => pin && { ...pin, verifiedAt: 10 });
    expect(await one.verified()).toEqual(new Set([a, b]));
    expect(await one.find(a)).toEqual({ ...pinned(1), verifiedAt: 9 });
  });

  test("whom one meets at once is one write of each entry", async () => {
    const server = newServer();
    const one = device(server);
    const people = neighbours(20);
    await Promise.all(people.map((account) => one.change(account, (pin) => pin ?? pinned(1))));
    for (const account of people) expect(await one.find(account)).toEqual(pinned(1));
    expect(server.writes).toBe(1);
  });

  test("what comes while a write is under way is in the next one", async () => {
    const server = newServer();
    const one = device(server);
    const [a, b] = neighbours(2) as [AccountId, AccountId];
    const first = one.change(a, () => {
      // Runs inside the write.
      second ??= one.change(b, () => pinned(2));
      return pinned(1);
    });
    let second: Promise<void> | undefined;
    await first;
    await second;
    expect(await one.find(a)).toEqual(pinned(1));
    expect(await one.find(b)).toEqual(pinned(2));
  });
});
