import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AccountId } from "../../../lib/base/ids.ts";
import { type JournalFilter, pageQuery, planOf, WINDOW, windowQuery } from "../../database/admin/journal.ts";
import { parseAddressRange } from "../address-range.ts";
import type { Admission } from "../sessions.ts";
import { CLIENT, openRoomWorld, type RoomWorld } from "../testing/room-world.ts";

const DAY = 86_400_000;

let world: RoomWorld;
let journal: RoomWorld["services"]["admin"]["journal"];
let chief: Admission;

beforeAll(async () => {
  world = await openRoomWorld();
  journal = world.services.admin.journal;
  const { session } = await world.newResident();
  chief = { ...session, role: "administrator" } as Admission;
}, 60_000);

afterAll(() => world?.close());

const sql = (text: string, values: unknown[] = []) => world.database.pool.query(text, values);

describe("among 1,000,000 entries", () => {
  const START = Date.UTC(2025, 0, 1);
  let first = 0;

  const KEYS = [
    "journal_by_time (at)",
    "journal_by_account_and_time (account_id, at)",
    "journal_by_address (address_key, at)",
    "journal_by_event (event, at)",
    "journal_by_event_and_outcome (event, outcome, at)",
    "journal_by_outcome (outcome, at)",
  ];
  const NAMES = [...KEYS.map((key) => key.split(" ")[0]), "journal_by_account", "journal_of_sign_ins"];

  beforeAll(async () => {
    first = (await world.database.journal.lastId()) + 1;
    // Sorted once at the end, the keys cost a tenth of keeping them in order all the while.
    await sql("TRUNCATE TABLE journal");
    await sql(`ALTER TABLE journal ${NAMES.map((name) => `DROP KEY ${name}`).join(", ")}`);
    await sql(
      `INSERT INTO journal (id, at, event, outcome, account_id, address, agent, detail, hash)
       SELECT ? + seq, TIMESTAMPADD(SECOND, seq * 20, '2025-01-01'),
              ELT(1 + seq % 4, 'sign-in', 'sign-out', 'step-up', 'password-changed'),
              IF(seq % 50 = 0, 'failed', IF(seq % 9999 = 0, 'throttled', 'ok')), UNHEX(LPAD(HEX(seq DIV 100), 32, '0')),
              CONCAT('10.', seq DIV 65536, '.', seq DIV 256 % 256, '.', seq % 256), '', '', ''
         FROM seq_0_to_999999`,
      [first],
    );
    await sql(`ALTER TABLE journal ${KEYS.map((key) => `ADD KEY ${key}`).join(", ")}`);
    await sql("ANALYZE TABLE journal");
    await sql(
      "REPLACE INTO server_state (`key`, value) VALUES ('journal-head', CONCAT(UNHEX(LPAD(HEX(?), 16, '0')), REPEAT('h', 32)))",
      [first + 999_999],
    );
  }, 300_000);

  /** How a statement is answered, and how many rows are looked at for it. */
  async function cost(text: string, values: readonly unknown[]): Promise<{ plan: string; read: number }> {
    const connection = await world.database.pool.getConnection();
    try {
      const [plan]: { Extra: string; key: string }[] = await connection.query(`EXPLAIN ${text}`, [...values]);
      const readSoFar = async (): Promise<number> => {
        const rows: { Value: string }[] = await connection.query(
          "SHOW SESSION STATUS WHERE Variable_name IN ('Handler_read_next', 'Handler_read_prev')",
        );
        return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
      };
      const before = await readSoFar();
      await connection.query(text, [...values]);
      return { plan: `${plan?.key} ${plan?.Extra}`, read: (await readSoFar()) - before };
    } finally {
      await connection.release();
    }
  }

  const PARTS: Readonly<Record<string, JournalFilter>> = {
    account: { account: Buffer.from(`${"0".repeat(28)}1234`, "hex").toString("base64url") as AccountId },
    event: { event: "sign-in" },
    outcome: { outcome: "throttled" },
    period: { from: START + 30 * DAY, until: START + 200 * DAY },
  };
  const ADDRESSES = [undefined, "10.9.1.2", "10.9.1.0/24", "10.0.0.0/8"];
  const COMBINATIONS = Array.from({ length: 16 }, (_, bits) =>
    Object.keys(PARTS).filter((_, i) => bits & (1 << i)),
  );

  test.each(COMBINATIONS.map((parts) => [parts.join(", ") || "nothing", parts] as const))(
    "a page by %s, with and without addresses, is answered from an index",
    async (_, parts) => {
      for (const address of ADDRESSES) {
        const range = address === undefined ? undefined : parseAddressRange(address);
        const filter: JournalFilter = Object.assign(
          {},
          ...parts.map((part) => PARTS[part]),
          range && { addresses: range },
        );
        const plan = planOf(filter, address === "10.9.1.0/24");
        for (const after of [null, { at: START + 100 * DAY, id: first + 432_000 }]) {
          const window = windowQuery(plan, filter, after);
          const found = await cost(window.sql, window.values);
          expect(found.plan).toMatch(/^journal_by_\w+ .*Using index/);
          expect(found.plan).not.toMatch(/temporary/);
          expect(found.read).toBeLessThanOrEqual(WINDOW);
          const [end]: { at: Date; id: number }[] = await sql(window.sql, window.values as unknown[]);
          const needsEnd = plan.rest.length > 0 && !plan.sorts && end;
          const page = pageQuery(
            plan,
            filter,
            after,
            needsEnd ? { at: end.at.getTime(), id: end.id } : null,
            51,
          );
          const read = await cost(page.sql, page.values);
          expect(read.plan).toMatch(/^journal_by_/);
          if (!plan.sorts) expect(read.plan).not.toMatch(/filesort|temporary/);
          expect(read.read).toBeLessThanOrEqual(WINDOW + 51);
        }
      }
    },
    60_000,
  );

  test("pages follow each other without a gap, also where one looks in vain", async () => {
    // Many entries, far back: for a while there is none among those that a page looks at.
    const question = { event: "sign-in", address: "10.10.0.0/16" } as const;
    const ids: number[] = [];
    let after: string | undefined;
    let vain = 0;
    while (ids.length < 100) {
      const page = await journal.list({ ...question, ...(after && { after }) });
      ids.push(...page.rows.map(({ id }) => id));
      if (page.rows.length === 0) vain += 1;
      after = page.next ?? undefined;
    }
    const last = first + 720_895;
    expect(ids.slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, i) => last - 3 - i * 4));
    expect(vain).toBeGreaterThan(2);
    const newest = await journal.list({});
    const older = await journal.list({ after: newest.next ?? "" });
    expect(older.rows[0]?.id).toBe((newest.rows.at(-1)?.id ?? 0) - 1);
  });

  test("an export of all streams: what is not taken is not asked for, and what was is not kept", async () => {
    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    const heap = () => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const parts = await journal.export(chief, { event: "sign-in" }, "ndjson", CLIENT);
    let lines = 0;
    let before = 0;
    for await (const part of parts) {
      lines += part.split("\n").length - 1;
      if (lines === 3_000) before = heap();
      if (lines >= 30_000) break;
    }
    expect(lines).toBe(30_000);
    expect(heap() - before).toBeLessThan(5_000_000);
  }, 60_000);
});
