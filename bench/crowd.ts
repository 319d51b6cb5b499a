import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AccountId, ConversationId } from "../lib/base/ids.ts";
import type { MessengerState } from "../lib/client/model.ts";
import type { Device } from "../server/testing/device.ts";
import { freePort, startServer } from "../server/testing/server-process.ts";
import { launch, newProfile } from "../tests/e2e/browser.ts";
import { register } from "../tests/e2e/entrance.ts";
import { inGroups, registerCrowd, until } from "./support/headless-crowd.ts";
import { type Frames, framesDuring, markArrivals } from "./support/page-probe.ts";
import { processorTime } from "./support/processor.ts";
import { inspectArgument, startProfiler } from "./support/profiler.ts";
import { connectSeats, makeSeats } from "./support/seats.ts";

/**
 * Prints what a room of very many costs: two real browsers that use it, headless devices that open all of it, and for the
 * others their sockets. Everything shares this machine, so that long waits may be its own; what counts is what the
 * browsers see and what the server needs. `npm run bench:crowd` for 1,000 people, `-- 50` for another number,
 * `-- 50 profiles` to write processor profiles of server and page into that folder. Ends with 1 when any device holds
 * another history than the others.
 */

const PEOPLE = Number(process.argv[2] ?? 1_000);
const PROFILES = process.argv[3];
/** So many are devices that open what arrives. The others have keys, a session and a socket, and open nothing here. */
const HEARING = Math.min(30, PEOPLE);
/** With the two browsers and the devices they are all that one room takes. */
const SEATS = Math.min(PEOPLE, 998) - HEARING;
const WRITERS = Math.min(20, HEARING);
const MESSAGES = 300;
const MESSAGE_EVERY_MS = 50;
const PATIENCE_MS = 1_200_000;
const ROOM = "Great hall";

const row = (what: string, figure: string | number) =>
  process.stdout.write(`${what.padEnd(62)} ${String(figure).padStart(22)}\n`);
const rounded = (milliseconds: number) => `${Math.round(milliseconds)} ms`;
const shareOf = (sorted: readonly number[], share: number) =>
  rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await work();
  row(what, rounded(performance.now() - began));
}

function frames(what: string, { longest, longTasks, longestTask, ninetyFifth }: Frames): void {
  row(`  ${what}: frames, 95 of 100 / longest`, `${rounded(ninetyFifth)} / ${rounded(longest)}`);
  row(`  ${what}: tasks over 50 ms / longest`, `${longTasks} / ${rounded(longestTask)}`);
}

const says = (room: ConversationId, text: string) => (state: MessengerState) =>
  state.timelines
    .get(room)
    ?.messages.some(({ body, seq }) => seq !== null && body.kind === "text" && body.text === text) ?? false;

const dataFolder = await mkdtemp(join(tmpdir(), "sceau-bench-"));
const port = await freePort();
const seats = await makeSeats(dataFolder, `http://localhost:${port}`, SEATS);
const server = await startServer({
  dataFolder,
  port,
  debug: false,
  env: {
    TRUSTED_PROXIES: "127.0.0.0/8,::1",
    ...(PROFILES && { NODE_OPTIONS: inspectArgument }),
  },
});
const profiler = PROFILES ? await startProfiler(PROFILES) : null;
const browser = await launch();
let crowd: Device[] = [];
let closeSeats = () => {};
try {
  const alice = await newProfile(browser);
  const url = `${server.origin}/register#token=${server.firstRunToken}`;
  await register(alice.page, url, { name: "alice", displayName: "Alice Martin" });
  const bob = await newProfile(browser);
  await register(bob.page, `${server.origin}/register`, { name: "bob", displayName: "Bob Lefèvre" });

  await timed(`${HEARING} people register and make keys`, async () => {
    crowd = await registerCrowd(server, HEARING);
  });
  await timed(`${SEATS} others connect`, async () => {
    closeSeats = await connectSeats(server.origin, seats);
  });
  const [owner, second] = crowd as [Device, Device];
  const people: (AccountId | undefined)[] = seats.map(({ account }) => account);
  for (const device of crowd.slice(1)) people.push(device.messenger.getState().me?.id);
  for (const name of ["alice", "bob"]) people.push((await owner.messenger.findPeople(name))[0]?.id);

  let room = "" as ConversationId;
  await timed("a private room is made with all of them in it", async () => {
    const rooms = await owner.messenger.rooms();
    room = await rooms.create({
      kind: "private-room",
      name: ROOM,
      topic: "Everybody",
      history: "all",
      retentionSeconds: 0,
      posting: "everyone",
      people: people.filter((one) => one !== undefined),
    });
  });
  await timed("  and stands verified on every device", () =>
    inGroups(crowd, async (device) => {
      await until(
        device,
        ({ conversations }) =>
          conversations?.some(({ id, room: it }) => id === room && it?.name === ROOM) ?? false,
      );
    }),
  );
  await inGroups(crowd, (device) => device.messenger.openConversation(room));
  await timed("  and on a page that is loaded now", async () => {
    await alice.page.reload();
    await alice.page.getByRole("link", { name: new RegExp(ROOM) }).click();
    await alice.page.getByRole("textbox", { name: /^Message to / }).waitFor();
  });
  await bob.page.getByRole("link", { name: new RegExp(ROOM) }).click();

  await bob.page.getByRole("textbox", { name: /^Message to / }).waitFor();
  const arrivals = await markArrivals(alice.page, /sent at (\d{13})/);
  const profiled = profiler?.during ?? ((_name, _page, work) => work());
  const used = await processorTime(server.pid);
  const began = performance.now();
  const busy = await framesDuring(alice.page, () =>
    profiled("messages", alice.page, async () => {
      for (let i = 0; i < MESSAGES; i++) {
        const writer = crowd[i % WRITERS] as Device;
        void writer.say(room, `number ${i} sent at ${Date.now()}`);
        await new Promise((resolve) => setTimeout(resolve, MESSAGE_EVERY_MS));
      }
      await alice.page
        .getByText(new RegExp(`^number ${MESSAGES - 1} `))
        .first()
        .waitFor({ timeout: PATIENCE_MS });
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  const now = await processorTime(server.pid);
  const waits = (await arrivals()).toSorted((a, b) => a - b);
  row(`${MESSAGES} messages by ${WRITERS}: a second`, (MESSAGES / seconds).toFixed(1));
  row("  until seen in a browser, half / 95 of 100", `${shareOf(waits, 0.5)} / ${shareOf(waits, 0.95)}`);
  row("  seen", `${waits.length} of ${MESSAGES}`);
  const share = (time: number) => `${Math.round((time / seconds) * 100)} %`;
  row(
    "  of a processor: server / database",
    `${share(now.own - used.own)} / ${share(now.children - used.children)}`,
  );
  frames("the page meanwhile", busy);

  await timed(`a message from the browser is opened by ${HEARING} devices`, async () => {
    await alice.page.getByRole("textbox", { name: /^Message to / }).fill("Good morning, everybody");
    await alice.page.getByRole("button", { name: "Send", exact: true }).click();
    await Promise.all(crowd.map((device) => until(device, says(room, "Good morning, everybody"))));
  });

  frames(
    "the member list opened",
    await framesDuring(alice.page, async () => {
      await timed("the list of members is opened", async () => {
        await alice.page.getByRole("button", { name: "About this room" }).click();
        await alice.page.getByRole("complementary").getByText("Bob Lefèvre").first().waitFor();
      });
    }),
  );
  await timed("somebody is found for a mention", async () => {
    await alice.page.getByRole("textbox", { name: /^Message to / }).pressSequentially("@bob");
    await alice.page.getByRole("option", { name: /Bob/ }).waitFor();
  });
  await alice.page.getByRole("textbox", { name: /^Message to / }).fill("");

  await (await owner.messenger.rooms()).setRole(room, people.at(-2) as never, "owner");
  const victim = crowd.at(-1) as Device;
  const victimId = victim.messenger.getState().me?.id as never;
  frames(
    "meanwhile",
    await framesDuring(alice.page, () =>
      timed("the browser removes somebody, and all others get a new key", async () => {
        const pane = alice.page.getByRole("complementary");
        const name = victim.messenger.getState().me?.displayName ?? "";
        const all = pane.getByRole("button", { name: /^Show all/ });
        if (await all.isVisible()) {
          await all.click();
          await pane.getByRole("searchbox").fill(name);
        }
        await pane.getByRole("button", { name: `Actions for ${name}` }).click();
        await alice.page.getByRole("menuitem", { name: /Remove/ }).click();
        await alice.page
          .getByRole("dialog")
          .getByRole("button", { name: /Remove/ })
          .click();
        await until(
          victim,
          ({ conversations }) => conversations?.find(({ id }) => id === room)?.room?.role == null,
        );
      }),
    ),
  );
  await timed("a message under the new key is opened by them", async () => {
    await second.say(room, "Under the new key");
    await Promise.all(crowd.slice(0, -1).map((device) => until(device, says(room, "Under the new key"))));
  });
  await timed("somebody leaves", async () => (await second.messenger.rooms()).leave(room));
  await timed("who was removed is taken in again, and reads", async () => {
    await (await owner.messenger.rooms()).add(room, [victimId]);
    await until(
      victim,
      ({ conversations }) => conversations?.find(({ id }) => id === room)?.room?.role === "member",
    );
    await victim.messenger.openConversation(room);
    await until(victim, says(room, "Under the new key"));
  });

  const histories = new Set(
    crowd.filter((device) => device !== second).map((device) => device.texts(room).slice(-40).join("\n")),
  );
  row("different histories among these devices", histories.size - 1);
  row("complaints in the browsers", alice.complaints.length + bob.complaints.length);
  for (const complaint of [...alice.complaints, ...bob.complaints].slice(0, 5))
    row(complaint.slice(0, 80), "");
  row("memory of all devices together", `${Math.round(process.memoryUsage().rss / 1e6)} MB`);
  process.exitCode = histories.size === 1 ? 0 : 1;
} catch (error) {
  const failed = server
    .output()
    .split("\n")
    .filter((line) => /"level":"(error|fatal)"/.test(line));
  if (PROFILES)
    await browser
      .contexts()[0]
      ?.pages()[0]
      ?.screenshot({ path: join(PROFILES, "failed.png") });
  process.stdout.write(`${failed.slice(-3).join("\n")}\n`);
  throw error;
} finally {
  closeSeats();
  for (const device of crowd) device.close();
  profiler?.close();
  await browser.close();
  await server.dispose();
}
