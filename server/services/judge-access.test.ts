import { expect, test } from "vitest";
import type { ConversationId } from "../../lib/base/ids.ts";
import type { AccessRule } from "../../lib/protocol/access-rules.ts";
import { judgeBy } from "./judge-access.ts";

const rule = (text: string): AccessRule => {
  const [effect, place, by, ...patterns] = text.split(" ");
  return { effect, place, by, patterns: patterns.join(" "), note: "" } as AccessRule;
};

const OFFICE = ["allow server address 10.0.0.0/8 2001:db8::/32", "deny server everybody"];
const BACK_OFFICE = ["allow admin address 192.0.2.7", "deny admin everybody"];
const OWN = ["deny server email *@rival.example", "allow server email *@sceau.example"];

test.each([
  ["nobody is kept out without rules", [], "198.51.100.1", null, true, true],
  ["an address within", OFFICE, "10.200.0.1", null, true, true],
  ["an address of version 6 within", OFFICE, "2001:db8:0:ffff::1", null, true, true],
  ["an address outside", OFFICE, "11.0.0.1", null, false, false],
  ["the same address, written within version 6", OFFICE, "::ffff:10.0.0.1", null, true, true],
  ["an address of version 6 is none of version 4", OFFICE, "::a00:1", null, false, false],
  ["no address at all", OFFICE, "", null, false, false],
  [
    "the first one that fits decides",
    ["deny server address 10.1.0.0/16", ...OFFICE],
    "10.1.2.3",
    null,
    false,
    false,
  ],
  ["a later one does not", [...OFFICE, "allow server address 11.0.0.1"], "11.0.0.1", null, false, false],
  ["of everybody", ["allow server everybody", "deny server everybody"], "11.0.0.1", null, true, true],
  ["rules of the administration are its own", BACK_OFFICE, "192.0.2.8", null, true, false],
  ["from where it is open", BACK_OFFICE, "192.0.2.7", null, true, true],
  ["who is not on the server is not in it", [...OFFICE, ...BACK_OFFICE], "192.0.2.7", null, false, false],
  ["an e-mail address that is refused", OWN, "10.0.0.1", "Eve@Rival.example", false, false],
  ["one that is allowed", [...OWN, "deny server everybody"], "10.0.0.1", "bob@sceau.example", true, true],
  ["none fits no pattern", [...OWN, "deny server everybody"], "10.0.0.1", null, false, false],
] as const)("%s", (_, rules, address, email, server, admin) => {
  const judge = judgeBy(rules.map(rule));
  expect([judge.mayEnter("server", { address, email }), judge.mayEnter("admin", { address, email })]).toEqual(
    [server, admin],
  );
});

const ROOM = "AAAAAAAAAAAAAAAAAAAAAA" as ConversationId;
const OTHER = "BBBBBBBBBBBBBBBBBBBBBB" as ConversationId;

test.each([
  ["where no rule is about a room", OFFICE, "198.51.100.1", null, []],
  ["from an address that is kept out of one", ["deny room address 192.0.2.0/24"], "192.0.2.7", null, [ROOM]],
  ["from another address", ["deny room address 192.0.2.0/24"], "192.0.3.7", null, []],
  [
    "by the first rule that fits",
    ["allow room email *@sceau.example", "deny room everybody"],
    "",
    "a@sceau.example",
    [],
  ],
  ["and not by a later one", ["deny room everybody", "allow room everybody"], "", "a@sceau.example", [ROOM]],
  ["by rules of the server, which are asked elsewhere", ["deny server everybody"], "192.0.2.7", null, []],
] as const)("rooms refuse nobody but %s", (_, rules, address, email, expected) => {
  const about = rules.map((text) => (text.includes(" room ") ? { ...rule(text), room: ROOM } : rule(text)));
  const judge = judgeBy([...about, { ...rule("allow room everybody"), room: OTHER }]);
  expect([...judge.refusedRooms({ address, email })]).toEqual(expected);
  expect(judge.rooms.has(OTHER)).toBe(true);
});

test.each(["10.1", "10.0.0.0/33", "2001:db8::/129", "300.0.0.1"])("%s is no address", (patterns) => {
  expect(() => judgeBy([rule(`deny server address ${patterns}`)])).toThrow(
    expect.objectContaining({ code: "bad-request" }),
  );
});
