import { expect, it } from "vitest";
import type { Context } from "../cli/command.ts";
import { beforeNextCode } from "./new-account.ts";

const MINUTE = 60_000;

/** @param ahead of the server, this machine's clock, in milliseconds */
async function noted(ahead: number): Promise<string[]> {
  const notes: string[] = [];
  const date = new Date(Date.now() - ahead).toUTCString();
  await beforeNextCode({ out: { note: (text: string) => notes.push(text) } } as unknown as Context, {
    fetch: async () => new Response("{}", { headers: { date } }),
  });
  return notes;
}

it("tries the next code where the clocks agree", async () => {
  for (const ahead of [0, 20_000, -20_000]) expect(await noted(ahead)).toHaveLength(1);
});

it("names a wrong clock as what it is, for no code would be right", async () => {
  const refused = { code: "wrong-clock", exit: 4 };
  await expect(noted(10 * MINUTE)).rejects.toMatchObject({
    ...refused,
    message: expect.stringContaining("10 min ahead of"),
  });
  await expect(noted(-2880 * MINUTE)).rejects.toMatchObject({
    ...refused,
    message: expect.stringContaining("2880 min behind"),
  });
});
