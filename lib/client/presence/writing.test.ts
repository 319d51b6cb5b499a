import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type AccountId, type ConversationId, newId } from "../../base/ids.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { createWriting } from "./writing.ts";

const [self, bob, carol] = [newId<AccountId>(), newId<AccountId>(), newId<AccountId>()];
const [here, elsewhere] = [newId<ConversationId>(), newId<ConversationId>()];
const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1000);

let shown: readonly AccountId[];
let writing: ReturnType<typeof createWriting>;

beforeEach(() => {
  vi.useFakeTimers();
  shown = [];
  writing = createWriting({
    self,
    now: () => Date.now(),
    onChange(people) {
      shown = people;
    },
  });
  writing.look(here);
});
afterEach(() => vi.useRealTimers());

it("shows who writes in the order in which they began, without oneself, until they stop", () => {
  writing.heard(here, [self, bob]);
  pass(LIMITS.typingEverySeconds);
  writing.heard(here, [carol, bob]);
  expect(shown).toEqual([bob, carol]);
  pass(LIMITS.typingSeconds - 1);
  expect(shown).toEqual([bob, carol]);
  pass(1);
  expect(shown).toEqual([]);
});

it("shows nothing of another conversation, nor of the one that was left", () => {
  writing.heard(elsewhere, [bob]);
  expect(shown).toEqual([]);
  writing.heard(here, [bob]);
  writing.look(elsewhere);
  expect(shown).toEqual([]);
});

it("ends with the message, also when it overtakes what was said before it", () => {
  writing.heard(here, [bob, carol]);
  writing.wrote(here, bob);
  expect(shown).toEqual([carol]);
  pass(0.5);
  writing.heard(here, [bob]);
  expect(shown).toEqual([carol]);
  pass(1);
  writing.heard(here, [bob]);
  expect(shown).toEqual([carol, bob]);
});

it("is said every few seconds, and at once after a message of one's own", () => {
  expect(writing.take(here)).toBe(true);
  expect(writing.take(here)).toBe(false);
  expect(writing.take(elsewhere)).toBe(true);
  expect(writing.take(here)).toBe(true);
  pass(LIMITS.typingEverySeconds);
  expect(writing.take(here)).toBe(true);
  writing.wrote(here, self);
  expect(writing.take(here)).toBe(true);
});
