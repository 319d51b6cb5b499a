import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AccountId, idToBytes, newId } from "../../../lib/base/ids.ts";
import type { JournalFault, JournalVerificationLine } from "../../../lib/protocol/http/admin/journal.ts";
import type { Client } from "../client.ts";
import { createJournal, type Journal } from "../journal.ts";
import { verifyJournal } from "../journal-verification.ts";
import type { Admission } from "../sessions.ts";
import { CLIENT, openRoomWorld, type RoomWorld } from "../testing/room-world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let world: RoomWorld;
let journal: RoomWorld["services"]["admin"]["journal"];
let chief: Admission;
let record: Journal["record"];

beforeAll(async () => {
  world = await openRoomWorld();
  journal = world.services.admin.journal;
  ({ record } = createJournal(world.database.journal, () => {}, pino({ level: "silent" }), world.now));
  const { session } = await world.newResident();
  chief = { ...session, role: "administrator" } as Admission;
}, 60_000);

afterAll(() => world?.close());

const from = (address: string, agent = "test"): Client => ({ address, agent });
const column = (id: AccountId) => Buffer.from(idToBytes(id));
const sql = (text: string, values: unknown[] = []) => world.database.pool.query(text, values);

async function gather(parts: AsyncGenerator<string>): Promise<string> {
  let all = "";
  for await (const part of parts) all += part;
  return all;
}

describe("what is unusual", () => {
  test("is told: many failures from a network, many names, two networks in an hour, codes; and nothing else", async () => {
    const [near, far, slow] = [newId<AccountId>(), newId<AccountId>(), newId<AccountId>()];
    for (let i = 0; i < 9; i++) await record("sign-in", "failed", from("192.0.2.9"), near);
    for (let i = 0; i < 10; i++) await record("sign-in", "failed", from(`2001:db8::${i}`), near);
    for (let i = 0; i < 4; i++) await record("sign-in", "failed", from("203.0.113.5"), newId());
    await record("sign-in", "throttled", from("203.0.113.5"), null, "unknown name");
    for (const address of ["10.1.2.3", "10.1.200.3", "2001:db8::1"])
      await record("sign-in", "ok", from(address), near);
    await record("sign-in", "ok", from("10.1.2.3"), far);
    await record("sign-in", "ok", from("10.1.2.3"), slow);
    await record("sign-in", "suspicious", from("198.51.100.7"), far);
    world.pass(HOUR + 1);
    await record("sign-in", "ok", from("198.51.100.7"), slow);
    await record("sign-in-code-used", "suspicious", CLIENT, far);
    const alerts = await journal.alerts();
    expect(alerts.failures.map(({ last: _, ...each }) => each)).toEqual([
      { address: "2001:db8:0:0::/64", count: 10, names: 10, unknown: 0 },
      { address: "203.0.113.5", count: 5, names: 4, unknown: 1 },
    ]);
    expect(alerts.travellers.map(({ account, addresses }) => [account, addresses])).toEqual([
      [far, ["10.1.2.3", "198.51.100.7"]],
    ]);
    expect(alerts.recoveries.map(({ event, account }) => [event, account])).toEqual([
      ["sign-in-code-used", far],
    ]);
    world.pass(2 * DAY);
    expect(await journal.alerts()).toEqual({ failures: [], travellers: [], recoveries: [] });
  });
});

describe("an export", () => {
  test("is written down, and holds nothing that a spreadsheet would run", async () => {
    const agents = ["=1+1", "+1", "-1", "@x", '"=1",=2', "a\r\n=3", "＝1"];
    for (const agent of agents) await record("step-up", "ok", from("192.0.2.77", agent), chief.accountId);
    const csv = await gather(await journal.export(chief, { address: "192.0.2.77" }, "csv", CLIENT));
    expect(csv.startsWith('\ufeff"number","time"')).toBe(true);
    const cells = csv.split("\r\n").map((line) => line.match(/"(?:[^"]|"")*"/g) ?? []);
    expect(cells.map(({ length }) => length)).toEqual([10, ...agents.map(() => 10), 0]);
    for (const cell of cells.flat()) expect(cell).not.toMatch(/^"\s*[=+\-@＝]/);
    const lines = (
      await gather(await journal.export(chief, { address: "192.0.2.77" }, "ndjson", CLIENT))
    ).split("\n");
    const browsers = lines.filter(Boolean).map((line) => JSON.parse(line).browser);
    expect(browsers.reverse()).toEqual(agents);
    const [last] = (await journal.list({ event: "journal-export" })).rows;
    expect(last).toMatchObject({ detail: "ndjson, address not kept", person: { id: chief.accountId } });
  });
});

describe("entries are found", () => {
  test("by name and by id, with who did it", async () => {
    const victim = await world.newResident();
    await world.services.admin.people.restrain(
      chief,
      victim.account,
      { kind: "banned", reason: "", until: null },
      CLIENT,
    );
    const name = column(victim.account).toString("hex");
    for (const person of [name, `@${name}`, victim.account]) {
      const { rows } = await journal.list({ person });
      expect(rows).toMatchObject([
        { event: "account-restrained", person: { id: victim.account }, by: { id: chief.accountId } },
      ]);
    }
    expect((await journal.list({ person: "nobody" })).rows).toEqual([]);
  });

  test.each([
    ["10.0.0.0/8", "10.255.255.255", "11.0.0.0"],
    ["10.1.2.0/31", "10.1.2.1", "10.1.2.2"],
    ["10.9.9.9", "10.9.9.9", "10.9.9.8"],
    ["2001:db8:1::/48", "2001:db8:1:ffff::9", "2001:db8:2::"],
    ["a00::/8", "aff::1", "10.0.0.1"],
    ["::/0", "10.3.3.3", "unknown"],
  ])("by %s: %s, and not %s", async (range, inside, outside) => {
    const account = newId<AccountId>();
    for (const address of [inside, outside]) await record("step-up", "ok", from(address), account);
    for (const question of [
      { address: range, person: account },
      { address: range, event: "step-up" as const },
    ]) {
      const { rows } = await journal.list(question);
      expect(rows.filter((row) => row.account === account).map(({ address }) => address)).toEqual([inside]);
    }
  });

  test.each(["10.1", "10.0.0.0/33", "010.0.0.1", "::/129", "alice", "10.0.0.0/-1"])(
    "never by %s",
    async (address) => {
      await expect(journal.list({ address })).rejects.toMatchObject({ code: "bad-request" });
    },
  );
});

describe("the chain", () => {
  const chain = () => world.database.journalChain;

  async function verdict(expected: { id: number; hash: Uint8Array } | null = null) {
    const steps = verifyJournal(chain(), expected);
    let step = await steps.next();
    while (!step.done) step = await steps.next();
    return step.value;
  }

  /** What is found once somebody has done this to the tables; then they are put back. */
  async function found(tamper: string[], expected: { id: number; hash: Uint8Array } | null = null) {
    await sql("CREATE TABLE journal_before LIKE journal");
    await sql(`INSERT INTO journal_before (id, at, event, outcome, account_id, session_id, address, address_salt, address_digest, agent, detail, hash)
               SELECT id, at, event, outcome, account_id, session_id, address, address_salt, address_digest, agent, detail, hash FROM journal`);
    const [state] = await sql("SELECT value FROM server_state WHERE `key` = 'journal-head'");
    try {
      for (const statement of tamper) await sql(statement);
      return (await verdict(expected)).faults;
    } finally {
      await sql("DROP TABLE journal");
      await sql("RENAME TABLE journal_before TO journal");
      await sql("UPDATE server_state SET value = ? WHERE `key` = 'journal-head'", [state.value]);
    }
  }

  test("is whole, from its first entry to the head", async () => {
    const { entries, faults, more, head, unproved } = await verdict();
    expect({ faults, more, unproved }).toEqual({ faults: [], more: 0, unproved: 0 });
    expect(entries).toBe(head?.id);
    expect(entries).toBeGreaterThan(40);
  });

  test.each<[string, string[], JournalFault[]]>([
    ["a changed detail", ["UPDATE journal SET detail = 'x' WHERE id = 7"], [{ kind: "changed", id: 7 }]],
    [
      "a changed time",
      ["UPDATE journal SET at = at + INTERVAL 1 SECOND WHERE id = 7"],
      [{ kind: "changed", id: 7 }],
    ],
    [
      "a changed address",
      ["UPDATE journal SET address = '1.2.3.4' WHERE id = 7"],
      [{ kind: "changed", id: 7 }],
    ],
    [
      "a changed hash",
      ["UPDATE journal SET hash = REPEAT('x', 32) WHERE id = 7"],
      [
        { kind: "changed", id: 7 },
        { kind: "changed", id: 8 },
      ],
    ],
    [
      "a digest taken away",
      [
        "UPDATE journal SET address_digest = NULL, detail = 'x', address = '', address_salt = NULL WHERE id = 7",
      ],
      [{ kind: "changed", id: 7 }],
    ],
    ["a removed entry", ["DELETE FROM journal WHERE id = 7"], [{ kind: "missing", id: 7, to: 7 }]],
    ["the beginning removed", ["DELETE FROM journal WHERE id < 4"], [{ kind: "missing", id: 1, to: 3 }]],
    [
      "neighbours that changed places",
      [
        "UPDATE journal SET id = 9000 WHERE id = 7",
        "UPDATE journal SET id = 7 WHERE id = 8",
        "UPDATE journal SET id = 8 WHERE id = 9000",
      ],
      [
        { kind: "moved", id: 7, to: 8 },
        { kind: "moved", id: 8, to: 7 },
      ],
    ],
    [
      "entries that changed places",
      [
        "UPDATE journal SET id = 9000 WHERE id = 7",
        "UPDATE journal SET id = 7 WHERE id = 20",
        "UPDATE journal SET id = 20 WHERE id = 9000",
      ],
      [
        { kind: "moved", id: 7, to: 20 },
        { kind: "moved", id: 20, to: 7 },
      ],
    ],
    [
      "an entry that stands elsewhere",
      ["UPDATE journal SET id = 9000 WHERE id = 7"],
      [
        { kind: "missing", id: 7, to: 7 },
        { kind: "added", id: 0, to: 9000 },
        { kind: "missing", id: 0, to: 8999 },
      ],
    ],
    [
      "an entry before the first",
      [
        "INSERT INTO journal (id, at, event, outcome, address, agent, detail, hash) VALUES (0, NOW(3), 'sign-in', 'ok', '', '', '', REPEAT('x', 32))",
      ],
      [{ kind: "changed", id: 0 }],
    ],
    [
      "an erased address",
      ["UPDATE journal SET address = '', address_salt = NULL WHERE id = 7"],
      [{ kind: "erased", id: 7, to: 7 }],
    ],
    ["no head", ["DELETE FROM server_state WHERE `key` = 'journal-head'"], [{ kind: "added", id: 1, to: 0 }]],
  ])("names %s", async (_, tamper, expected) => {
    const { head } = await verdict();
    const last = head?.id ?? 0;
    const faults = await found(tamper);
    const named = expected.map((fault) => ({
      ...fault,
      // Past the end, whatever the end is by now.
      ...(fault.id === 0 && fault.kind !== "changed" && { id: last + 1 }),
      ...(fault.to === 0 && { to: last }),
    }));
    expect(faults).toEqual(expect.arrayContaining(named));
    expect(faults).toHaveLength(named.length);
    if (tamper[0]?.startsWith("DELETE FROM server_state"))
      await sql("INSERT IGNORE INTO server_state (`key`, value) VALUES ('journal-head', ?)", [
        Buffer.concat([
          Buffer.from(BigInt(last).toString(16).padStart(16, "0"), "hex"),
          Buffer.from(head?.hash ?? []),
        ]),
      ]);
    expect((await verdict()).faults).toEqual([]);
  });

  test("names an end that was cut off, by the head, and by what somebody wrote down once the head was bent too", async () => {
    const { head } = await verdict();
    const last = head?.id ?? 0;
    expect(await found([`DELETE FROM journal WHERE id > ${last - 3}`])).toEqual([
      { kind: "truncated", id: last - 2, to: last },
    ]);
    const bent = [
      `DELETE FROM journal WHERE id > ${last - 3}`,
      `UPDATE server_state SET value = (SELECT CONCAT(UNHEX(LPAD(HEX(id), 16, '0')), hash) FROM journal WHERE id = ${last - 3}) WHERE \`key\` = 'journal-head'`,
    ];
    expect(await found(bent)).toEqual([]);
    expect(await found(bent, head)).toEqual([{ kind: "checkpoint", id: last }]);
    const [row] = await chain().rows(last - 5, 1);
    expect(await found([], row)).toEqual([]);
    expect(await found([], { id: last - 5, hash: new Uint8Array(32) })).toEqual([
      { kind: "checkpoint", id: last - 5 },
    ]);
  });

  test("is told line by line, with what to write down", async () => {
    const lines = (await gather(journal.verify()))
      .trim()
      .split("\n")
      .map((line): JournalVerificationLine => JSON.parse(line));
    const { head } = await verdict();
    expect(lines.at(0)).toEqual({ checked: head?.id, total: head?.id });
    expect(lines.at(-1)).toMatchObject({
      checkpoint: expect.stringMatching(/^\d+:[0-9a-f]{64}$/),
      faults: [],
    });
    const { checkpoint } = lines.at(-1) as { checkpoint: string };
    expect(await gather(journal.verify(checkpoint))).toContain('"faults":[]');
    expect(() => journal.verify("1:x")).not.toThrow();
    await expect(gather(journal.verify("1:x"))).rejects.toMatchObject({ code: "bad-request" });
  });

  test("holds when addresses are erased at their time, and nothing says any more what they were", async () => {
    const before = (await verdict()).entries + 3;
    await world.services.deleteExpired();
    expect((await verdict()).erased).toBe(0);
    // On a node whose clock was wrong: what is written after them waits for neither.
    for (const wrong of [375 * DAY, -800 * DAY])
      await createJournal(
        world.database.journal,
        () => {},
        pino({ level: "silent" }),
        () => world.now() + wrong,
      ).record("step-up", "ok", from("192.0.2.201"), chief.accountId);
    await record("step-up", "ok", from("192.0.2.202"), chief.accountId);
    await world.services.deleteExpired();
    // The one of long ago stands among others of now: they stay.
    expect((await verdict()).erased).toBe(0);
    world.pass(370 * DAY);
    await record("step-up", "ok", from("192.0.2.200"), chief.accountId);
    await world.services.deleteExpired();
    await world.services.deleteExpired();
    const { faults, erased, entries } = await verdict();
    expect({ faults, erased, entries }).toEqual({ faults: [], erased: before, entries: before + 2 });
    expect(
      await sql(
        "SELECT address, address_key, COUNT(*) AS count FROM journal WHERE address_salt IS NULL GROUP BY address, address_key",
      ),
    ).toEqual([{ address: "", address_key: null, count: before }]);
    expect((await journal.list({ event: "addresses-erased" })).rows).toMatchObject([
      { detail: `up to ${before}`, address: "", person: null },
    ]);
    expect(await found(["UPDATE journal SET detail = 'x' WHERE id = 7"])).toEqual([
      { kind: "changed", id: 7 },
    ]);
    expect(
      await found([`UPDATE journal SET address = '', address_salt = NULL WHERE id = ${before + 1}`]),
    ).toEqual([{ kind: "erased", id: before + 1, to: before + 1 }]);
  });

  test("goes on where old entries were removed at their time, and names what else is gone", async () => {
    const { services } = world;
    await services.policies.change(chief.accountId, { journalMonths: 24 }, CLIENT);
    await services.deleteExpired();
    expect((await verdict()).removed).toBe(0);
    const old = (await verdict()).head?.id ?? 0;
    world.pass(740 * DAY);
    await record("step-up", "ok", CLIENT, chief.accountId);
    await services.deleteExpired();
    await services.deleteExpired();
    const after = await verdict();
    expect(after).toMatchObject({ faults: [], removed: old, entries: (after.head?.id ?? 0) - old });
    expect((await journal.list({ event: "entries-removed" })).rows).toMatchObject([
      { detail: expect.stringMatching(new RegExp(`^up to ${old}:[0-9a-f]{64}$`)), person: null },
    ]);
    const first = old + 1;
    expect(await found([`DELETE FROM journal WHERE id = ${first}`])).toEqual([
      { kind: "missing", id: first, to: first },
    ]);
    expect(await found([`UPDATE journal SET detail = 'x' WHERE id = ${first}`])).toEqual([
      { kind: "changed", id: first },
    ]);
    const [removal] = await sql("SELECT id FROM journal WHERE event = 'entries-removed'");
    expect(
      await found([
        `UPDATE journal SET detail = 'up to ${first}:${"0".repeat(64)}' WHERE id = ${removal.id}`,
      ]),
    ).toContainEqual({ kind: "changed", id: Number(removal.id) });
    await services.policies.change(chief.accountId, { journalMonths: 0 }, CLIENT);
  });
});
