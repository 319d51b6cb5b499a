import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findProgram } from "../../scripts/setup/run.mjs";
import { SCEAU } from "./cli.ts";

const zsh = findProgram("zsh");

test.skipIf(zsh === null)("zsh takes its script, and completes by it as bash does", () => {
  const script = execFileSync(process.execPath, [SCEAU, "completion", "zsh"]).toString();
  const typed = `${script}\nwords=(sceau room ""); CURRENT=3; COMP_WORDS=(sceau room ""); COMP_CWORD=2; compgen -F _sceau -- ""`;
  // It keeps what it knows of completions at home.
  const home = mkdtempSync(join(tmpdir(), "sceau-zsh-"));
  const env = { ...process.env, HOME: home };
  const answer = execFileSync(zsh ?? "", ["-f", "-c", typed], { env }).toString();
  rmSync(home, { recursive: true });
  expect(answer.trim().split("\n")).toEqual(["create", "invite", "join", "leave", "members"]);
});

test("bash completes commands, options and their values", () => {
  const complete = (line: string) =>
    execFileSync("bash", [
      "-c",
      `source <("$1" "$2" completion bash); COMP_WORDS=($3 ""); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _sceau; echo "\${COMPREPLY[*]}"`,
      ...["bash", process.execPath, SCEAU, line],
    ])
      .toString()
      .trim();
  expect(complete("sceau").split(" ")).toEqual(expect.arrayContaining(["send", "room", "--json"]));
  expect(complete("sceau --home /x room")).toBe("create invite join leave members");
  expect(complete("sceau help room")).toBe("create invite join leave members");
  // The shell's own way with names of files.
  expect(complete("sceau send bob --file")).toBe("");
  expect(complete("sceau room create builds").split(" ")).toContain("--topic");
  expect(complete("sceau export x.zip --language")).toBe("en fr");
  // As bash takes --language=… apart.
  expect(complete("sceau export x.zip --language =")).toBe("en fr");
  expect(complete("sceau --home = /x room")).toBe("create invite join leave members");
});

test("what cannot be written has its exit code, and is told once", () => {
  const stdio = ["ignore" as const, openSync("/dev/full", "w"), "pipe" as const];
  const { status, stderr } = spawnSync(process.execPath, [SCEAU, "--version", "--json"], { stdio });
  expect([status, JSON.parse(stderr.toString()).error.code]).toEqual([9, "unwritable"]);
});
