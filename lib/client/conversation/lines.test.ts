import { describe, expect, test } from "vitest";
import { type AccountId, newId } from "../../base/ids.ts";
import type { Content } from "../../protocol/content.ts";
import type { MemberChange } from "../../protocol/layout/member-change.ts";
import type { Policy } from "../../protocol/layout/policy.ts";
import type { ToldRecord } from "../key-book.ts";
import type { Line } from "../model-lines.ts";
import { type LineSource, linesBetween } from "./lines.ts";
import { ANN, BEN, entry, ME, words } from "./testing/lines.ts";

const POLICY: Policy = {
  retentionSeconds: 0,
  rotationSeconds: 604_800,
  history: "since-joining",
  posting: "everyone",
  slowSeconds: 0,
};
const certificateHash = new Uint8Array(32);
const add = (account: AccountId): MemberChange => ({
  operation: "add",
  account,
  role: "member",
  certificateHash,
});
const out = (account: AccountId): MemberChange => ({ operation: "remove", account });
/** An account that sorts nowhere in particular. */
const person = (number: number) => newId<AccountId>(100 + number);

type Some = Partial<ToldRecord> & Pick<ToldRecord, "kind">;

/** Numbered from 1, every one of them at its number in seconds. */
function chain(records: readonly Some[]): ToldRecord[] {
  let policy = POLICY;
  return records.map((record, i) => {
    policy = record.policy ?? policy;
    return {
      ...{ number: i + 1, type: "private-room", author: ANN, time: (i + 1) * 1000, changes: [] },
      ...record,
      policy,
    };
  });
}

interface Said {
  readonly seq: number;
  /** Of the record that it was sealed under; null where nobody can know. */
  readonly under: number | null;
  readonly content?: Content;
  readonly sender?: AccountId;
  readonly role?: "member" | "moderator";
}

function lines(records: readonly Some[], said: readonly Said[], more: Partial<LineSource> = {}) {
  const entries = said.map(({ seq, content, sender = BEN, role }) =>
    entry(seq, sender, content ?? words("a"), role),
  );
  return linesBetween({
    entries,
    told: chain(records),
    numberOf: (one) => said.find(({ seq }) => seq === one.stored.seq)?.under ?? null,
    isBeginning: true,
    isEnd: true,
    now: 1_000_000,
    from: 1,
    ...more,
  });
}

/** Where each stands and what it says, in short. */
const brief = (found: readonly Line[]) =>
  found.map(({ before, event }) => [
    before,
    event.kind,
    ...("people" in event ? [event.people.length] : []),
    ...("text" in event ? [event.text] : []),
    ...("seconds" in event ? [event.seconds] : []),
  ]);

describe("lines between messages", () => {
  test("begin with the room, also where its first messages are gone and say nothing any more", () => {
    const records: Some[] = [
      { kind: "create", changes: [add(ANN), add(ME)] },
      { kind: "add", changes: [add(BEN)] },
    ];
    const gone = { seq: 1, under: null };
    const first = [
      [1, "created"],
      [1, "added", 1],
    ];
    expect(brief(lines(records, [gone]))).toEqual([...first, [null, "added", 1]]);
    expect(brief(lines(records, [gone, { seq: 2, under: 2 }]))).toEqual([...first, [2, "added", 1]]);
    expect(brief(lines(records, [gone], { isBeginning: false }))).toEqual([]);
  });

  test("stand before the first message that was sealed under their record, at whatever clock", () => {
    const found = lines(
      [
        { kind: "create", changes: [add(ANN), add(ME)] },
        { kind: "add", changes: [add(BEN)], time: 9_999_999 },
      ],
      [
        { seq: 1, under: 1 },
        { seq: 2, under: 1 },
        { seq: 3, under: 2 },
      ],
    );
    expect(brief(found)).toEqual([
      [1, "created"],
      [1, "added", 1],
      [3, "added", 1],
    ]);
    // Not before the message above it, not after the one below.
    expect(found.map(({ at }) => at)).toEqual([1000, 1000, 3000]);
  });

  test("wait below where nothing was written since, and in an empty conversation", () => {
    const records: Some[] = [{ kind: "create", type: "direct", changes: [add(ANN), add(ME)] }];
    expect(brief(lines(records, []))).toEqual([[null, "created"]]);
    const later: Some[] = [...records, { kind: "policy", policy: { ...POLICY, retentionSeconds: 604_800 } }];
    expect(brief(lines(later, [{ seq: 1, under: 1 }]))).toEqual([
      [1, "created"],
      [null, "retention", 604_800],
    ]);
  });

  test("of a window in the past are those between its messages", () => {
    const records: Some[] = [
      { kind: "create", changes: [add(ANN)] },
      { kind: "add", changes: [add(BEN)] },
      { kind: "add", changes: [add(ME)] },
      { kind: "add", changes: [add(person(1))] },
    ];
    const window: Said[] = [
      { seq: 70, under: null },
      { seq: 71, under: 2 },
      { seq: 72, under: 3 },
    ];
    expect(brief(lines(records, window, { isBeginning: false, isEnd: false }))).toEqual([[72, "added", 1]]);
    expect(lines(records, [{ seq: 70, under: null }], { isBeginning: false, isEnd: false })).toEqual([]);
  });

  test("begin with one's own entrance where earlier messages are not there", () => {
    const records: Some[] = [
      { kind: "create", changes: [add(ANN)] },
      { kind: "add", changes: [add(BEN)] },
      { kind: "add", changes: [add(ME)] },
    ];
    expect(lines(records, [{ seq: 9, under: 3 }], { from: 3 })).toMatchObject([
      { before: 9, event: { kind: "added", people: [ME] } },
    ]);
  });

  test("of a thousand joins are one, whoever signed them; of additions one for each who added", () => {
    const joins = Array.from({ length: 1_000 }, (_, i) => person(i));
    const open = joins.map((account, i): Some => {
      return { kind: "add", type: "public-room", author: i % 2 ? ANN : BEN, changes: [add(account)] };
    });
    const created: Some = { kind: "create", type: "public-room", changes: [add(ANN), add(BEN)] };
    const found = lines([created, ...open], [{ seq: 1, under: 1_001 }]);
    expect(brief(found)).toEqual([
      [1, "created"],
      [1, "added", 1],
      [1, "joined", 1_000],
    ]);
    expect(found[2]?.event).toMatchObject({ people: joins });
    const closed = open.slice(0, 6).map((record): Some => ({ ...record, type: "private-room" }));
    expect(brief(lines(closed, [])).slice(0, 2)).toEqual([
      [null, "added", 3],
      [null, "added", 3],
    ]);
  });

  test("keep their order where the same people come and go", () => {
    const comes: Some = { kind: "add", type: "public-room", changes: [add(BEN)] };
    const goes: Some = { kind: "remove", author: BEN, changes: [out(BEN)] };
    expect(brief(lines([comes, goes, comes], []))).toEqual([
      [null, "joined", 1],
      [null, "left", 1],
      [null, "joined", 1],
    ]);
  });

  test("tell leaving from removal, and say a policy's last word once", () => {
    const slow = (slowSeconds: number): Some => ({ kind: "policy", policy: { ...POLICY, slowSeconds } });
    expect(
      brief(
        lines(
          [
            { kind: "create", changes: [add(ANN)] },
            { kind: "remove", author: BEN, changes: [out(BEN)] },
            { kind: "remove", changes: [out(ME), { operation: "ban", account: person(1) }] },
            slow(30),
            {
              kind: "roles",
              changes: [{ operation: "update", account: BEN, role: "owner", certificateHash }],
            },
            slow(60),
            { kind: "policy", policy: { ...POLICY, slowSeconds: 60, posting: "nobody" } },
          ],
          [],
          { from: 2 },
        ),
      ),
    ).toEqual([
      [null, "left", 1],
      [null, "removed", 1],
      [null, "banned", 1],
      [null, "slow", 60],
      [null, "role", 1],
      [null, "archived"],
    ]);
  });

  test("say a name and a topic where a moderator said so, and nobody else", () => {
    const said: Said[] = [
      { seq: 1, under: 1, content: { type: "named", name: "Atelier", topic: "" }, role: "moderator" },
      { seq: 2, under: 1, content: { type: "named", name: "Mine now" }, role: "member" },
    ];
    expect(brief(lines([{ kind: "create" }], said, { from: 2 }))).toEqual([
      [1, "name", "Atelier"],
      [1, "topic", ""],
    ]);
  });
});
