import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEntrance } from "../../lib/client/entrance.ts";
import type { AppError } from "../../lib/protocol/errors.ts";
import { totpCode } from "../../server/testing/device.ts";
import { newProfile, nodePlatform } from "../../server/testing/node-platform.ts";
import { freePort, type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import type { Measured, Rate } from "../load/load.ts";
import { populate } from "../load/population.ts";
import type { Row } from "../load/report.ts";
import { CORE, heard, pin, startPinned } from "../support/pinned.ts";
import { measure } from "./messages.ts";
import type { Scenario } from "./scenario.ts";

const AT_ONCE = 8;
const CLIENTS = 100;
const MESSAGES_A_SECOND = 500;

/** People sign in with both factors while messages flow, beside bcrypt alone; and the messages beside themselves undisturbed. */
export const measureSignIns: Scenario = async ({ signIns, rounds, seconds }) => {
  pin(CORE.server);
  const dataFolder = await mkdtemp(join(tmpdir(), "sceau-bench-"));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const [ours, ceiling]: [number[], number[]] = [[], []];
  const [alone, disturbed]: [Measured[], Measured[]] = [[], []];
  try {
    const { pairs } = await populate(dataFolder, origin, CLIENTS);
    const env = { TRUSTED_PROXIES: "127.0.0.0/8,::1", SCEAU_DATABASE_MEMORY: "512" };
    const server = await startServer({ dataFolder, port, debug: false, passwords: "real", env });
    try {
      const load = {
        ...{ origin, clients: pairs, writers: CLIENTS, readers: "partner" as const, warmSeconds: 2, seconds },
        url: `ws://localhost:${port}/api/socket`,
        pace: { perSecond: MESSAGES_A_SECOND },
      };
      const part = Math.ceil(signIns / rounds);
      const accounts: Account[] = [];
      for (let i = 0; i < part * rounds; i += 1) accounts.push(await register(server, i));
      for (let round = 0; round < rounds; round += 1) {
        const bcrypt = startPinned("bcrypt.ts", CORE.server, String(seconds));
        ceiling.push((await heard<Rate>(bcrypt)).perSecond);
        alone.push(await measure(load));
        const ended = new AbortController();
        const signingIn = signInAll(server, accounts.slice(round * part, (round + 1) * part), ended.signal);
        disturbed.push(await measure(load));
        const end = performance.now();
        ended.abort();
        ours.push(rateOf(await signingIn, part, end - seconds * 1_000, end));
      }
    } finally {
      await server.dispose();
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
  const [bcrypt, undisturbed] = ["bcrypt alone", "messages undisturbed, ninetyNinth"];
  return [
    { what: bcrypt, unit: "/s", figures: ceiling },
    { what: `sign-ins while ${MESSAGES_A_SECOND}/s flow`, unit: "/s", figures: ours, of: bcrypt },
    { what: undisturbed, unit: "ms", figures: alone.map((one) => one.ninetyNinth) },
    {
      what: "messages meanwhile, ninetyNinth",
      unit: "ms",
      figures: disturbed.map((one) => one.ninetyNinth),
      of: undisturbed,
    },
  ] satisfies Row[];
};

interface Account {
  readonly name: string;
  readonly totpSecret: string;
}

const PASSWORD = "correct horse battery";
const STEP_MS = 30_000;

/** From one address so many may come; behind a proxy that is trusted, each has one. */
function entranceOf(server: ServerProcess, network: number, i: number) {
  const profile = { ...newProfile(), address: `10.${network}.${i >> 8}.${i & 255}` };
  return createEntrance(nodePlatform(server.origin, profile));
}

/** By the code of the step before, so that the present one is still good. */
async function register(server: ServerProcess, i: number): Promise<Account> {
  const name = `bench${i}`;
  const entrance = entranceOf(server, 8, i);
  const { registration, totpSecret } = await entrance.startRegistration({
    ...{ name, displayName: name, password: PASSWORD },
    ...(i === 0 && server.firstRunToken && { firstRunToken: server.firstRunToken }),
  });
  await entrance.confirmRegistration({ registration, code: totpCode(totpSecret, Date.now() - STEP_MS) });
  return { name, totpSecret };
}

/** Each once, a few at a time, from an address of its own, until the signal. @returns when each was signed in */
async function signInAll(
  server: ServerProcess,
  accounts: readonly Account[],
  signal: AbortSignal,
): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let i = next++; i < accounts.length && !signal.aborted; i = next++) {
        const { name, totpSecret } = accounts[i] as Account;
        const entrance = entranceOf(server, 9, i);
        const done = await entrance
          .startSignIn({ name, password: PASSWORD })
          .then(({ challenge }) => entrance.confirmSignIn({ challenge, code: totpCode(totpSecret) }))
          .then(
            () => true,
            // Told to come again: that is no sign-in.
            (error: AppError) => error.code !== "overloaded" && Promise.reject(error),
          );
        if (done) times.push(performance.now());
      }
    }),
  );
  return times;
}

/** How many a second while messages flowed, or until nobody was left to sign in. @throws where these were too few */
function rateOf(times: readonly number[], all: number, from: number, end: number): number {
  const last = times.length === all ? Math.min(end, times.at(-1) ?? end) : end;
  if (last <= from) throw new Error("all have signed in before messages flowed: say more --sign-ins");
  return times.filter((time) => time > from && time <= last).length / ((last - from) / 1_000);
}
