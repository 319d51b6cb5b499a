import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { endingWithUs } from "./ending-with-us.ts";

function run(parent: number | undefined): string {
  const [program, ...before] = endingWithUs("setpriv", parent);
  return spawnSync(program, [...before, "echo", "it", "$0 has  begun"], { encoding: "utf8" }).stdout;
}

it("begins a program with its arguments as they are", () => {
  expect(run(undefined)).toBe("it $0 has  begun\n");
});

it("does not begin it where its parent is another process by then", () => {
  expect(run(process.ppid)).toBe("");
});
