import { beforeAll, describe, expect, test } from "vitest";
import { type AccountId, newId } from "../../../lib/base/ids.ts";
import { PEOPLE_ACTIVITIES, PEOPLE_GROUPS, PEOPLE_SORTS } from "../../../lib/protocol/http/admin/people.ts";
import { pageQuery } from "../../database/admin/people.ts";
import { filterOf, lastActiveOf } from "../admin/people.ts";
import { dayOf } from "../day.ts";
import { queryCost } from "./query-cost.ts";
import type { RoomWorld } from "./room-world.ts";

const HOUR = 3_600_000;

/** The list in the administration, where there are more people than one looks at. */
export function describeManyPeople(world: () => RoomWorld): void {
  describe("among 100,000 people", () => {
    const list: RoomWorld["services"]["admin"]["people"]["list"] = (query) =>
      world().services.admin.people.list(query);

    beforeAll(async () => {
      const { pool } = world().database;
      const [account]: { "Create Table": string }[] = await pool.query("SHOW CREATE TABLE account");
      // Sorted once at the end, the keys cost a tenth of keeping them in order all the while.
      const keys = [...(account?.["Create Table"] ?? "").matchAll(/^ *((?:UNIQUE )?KEY (`\w+`) .*?),?$/gm)];
      await pool.query(`ALTER TABLE account ${keys.map(([, , name]) => `DROP KEY ${name}`).join(", ")}`);
      await pool.query(
        `INSERT INTO account (id, name, display_name, email, role, password_hash, pepper_version, totp_secret,
                            totp_key_version, totp_last_step, created_at, last_active_day, restraint)
       SELECT UNHEX(LPAD(HEX(seq), 32, '0')), CONCAT('p', LPAD(seq, 5, '0')), CONCAT('Person ', seq),
              CONCAT('p', seq, '@sceau.example'), IF(seq % 5000 = 0, 'moderator', 'member'), '', 1, '', 1, 0,
              TIMESTAMPADD(MINUTE, seq DIV 3, '2025-01-01'), 20260101 + seq % 7, IF(seq % 9000 = 1, 'banned', NULL)
         FROM seq_0_to_99999`,
      );
      await pool.query(`ALTER TABLE account ${keys.map(([, key]) => `ADD ${key}`).join(", ")}`);
      await pool.query("ANALYZE TABLE account");
    }, 120_000);

    test.each(PEOPLE_GROUPS.flatMap((group) => PEOPLE_SORTS.map((sort) => [group, sort] as const)))(
      "a page of %s by %s costs as many rows as it has, wherever it begins",
      async (group, sort) => {
        const id = newId<AccountId>();
        const value = { name: "p50000", created: Date.UTC(2025, 0, 12), active: 20260103 }[sort];
        for (const descending of [false, true]) {
          for (const after of [null, { value, id }]) {
            for (const activity of sort === "active" ? PEOPLE_ACTIVITIES : (["any"] as const)) {
              // On the second of the seven days on which these were here.
              const lastActive = lastActiveOf(activity, Date.UTC(2026, 0, 2));
              const { sql, values } = pageQuery(
                { ...{ filter: filterOf(group), lastActive }, sort, descending },
                after,
                51,
              );
              const { plan, read } = await queryCost(world().database.pool, sql, values);
              const [{ key = "", Extra = "" } = {}] = plan;
              expect(`${key} ${Extra}`).toMatch(/^account_|Impossible WHERE/);
              expect(Extra).not.toMatch(/filesort|temporary/);
              expect(read).toBeLessThan(200);
            }
          }
        }
      },
      20_000,
    );

    test("pages follow each other without a gap, also where many are alike", async () => {
      for (const sort of PEOPLE_SORTS) {
        for (const descending of ["true", "false"] as const) {
          const first = await list({ sort, descending, group: "banned" });
          const all = await list({ sort, descending });
          const second = await list({ sort, descending, after: all.next ?? "" });
          expect(first.next).toBeNull();
          const ids = [...all.rows, ...second.rows].map(({ id }) => id);
          expect(new Set(ids).size).toBe(100);
          const both = await world().database.admin.people.list(
            { filter: null, lastActive: null, sort, descending: descending === "true" },
            null,
            100,
          );
          expect([...all.rows, ...second.rows]).toEqual(both);
        }
      }
    });

    test("those who were here lately, not for long, or never are found, alone and within a search", async () => {
      const { pool } = world().database;
      const ago = (days: number) => dayOf(world().now() - days * 24 * HOUR);
      const last = {
        p00001: ago(0),
        p00002: ago(6),
        p00003: ago(7),
        p00004: ago(89),
        p00005: ago(364),
        p00006: 0,
      };
      for (const [name, day] of Object.entries(last))
        await pool.query("UPDATE account SET last_active_day = ? WHERE name = ?", [day, name]);
      const find = async (activity: (typeof PEOPLE_ACTIVITIES)[number]) =>
        (await list({ q: "p0000", activity })).rows
          .filter(({ name }) => name in last)
          .map(({ name }) => Number(name.at(-1)));
      expect(await find("within-7")).toEqual([1, 2]);
      expect(await find("within-30")).toEqual([1, 2, 3]);
      expect(await find("within-90")).toEqual([1, 2, 3, 4]);
      expect(await find("not-90")).toEqual([5, 6]);
      expect(await find("not-365")).toEqual([6]);
      expect(await find("never")).toEqual([6]);
      const { rows } = await list({ activity: "within-90", group: "member", descending: "true" });
      const listed = rows.map(({ name }) => name).filter((name) => name in last);
      expect(listed).toEqual(["p00001", "p00002", "p00003", "p00004"]);
      expect((await list({ activity: "not-30", group: "banned" })).rows.length).toBeGreaterThan(0);
      await expect(list({ activity: "never", sort: "name" })).rejects.toMatchObject({
        code: "bad-request",
      });
    });

    test("a search finds by the start of each of the three names, within a group", async () => {
      const find = async (q: string, group: (typeof PEOPLE_GROUPS)[number] = "everybody") =>
        (await list({ q, group })).rows.map(({ name }) => name);
      expect(await find("P12345")).toEqual(["p12345"]);
      expect(await find("person 4321")).toContain("p04321");
      expect(await find("p77@sceau")).toEqual(["p00077"]);
      expect(await find("p", "moderator")).toHaveLength(20);
      expect(await find("é%_")).toEqual([]);
      expect((await list({ q: "p1" })).more).toBe(true);
    });
  });
}
