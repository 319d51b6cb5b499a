import { expect, test } from "vitest";
import { oneByOne } from "./one-by-one.ts";

test("begins each when the one before has ended, whichever way", async () => {
  const inOrder = oneByOne();
  const said: string[] = [];
  const say = (word: string) => async () => {
    said.push(word);
    await Promise.resolve();
    said.push(`${word}.`);
    if (word === "broken") throw new Error(word);
    return word;
  };
  const [first, broken, last] = [inOrder(say("first")), inOrder(say("broken")), inOrder(say("last"))];
  await expect(broken).rejects.toThrow("broken");
  expect([await first, await last]).toEqual(["first", "last"]);
  expect(said).toEqual(["first", "first.", "broken", "broken.", "last", "last."]);
});
