import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Secret } from "otpauth";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fromBase64url } from "../../lib/base/encoding.ts";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import { createApi } from "../../lib/client/api.ts";
import { unlockWithDevice } from "../../lib/client/unlock.ts";
import { unwrapDeviceSeed } from "../../lib/crypto/device-key.ts";
import { parseRecoveryCode } from "../../lib/crypto/recovery.ts";
import { type Device, registerDevice, startTalking } from "../../server/testing/device.ts";
import { nodePlatform } from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { confirmSignIn, startSignIn } from "./support/accounts.ts";
import { databaseFiles } from "./support/data-folder.ts";

const TEXTS = ["The heron leaves at dawn: bring the green umbrella.", "Le héron part à l’aube 🦭"];

let server: ServerProcess;
let files: ReturnType<typeof databaseFiles>;
let printed = "";
/** What must be found nowhere. */
const secrets = new Map<string, Uint8Array>();
/** What must be found: it shows that the search finds. */
const known = new Map<string, Uint8Array>();

const keep = (name: string, value: string | Uint8Array) =>
  secrets.set(name, typeof value === "string" ? Buffer.from(value) : value);

/** Everything that this browser can open, and the cookies it holds. */
async function collect(
  who: string,
  { person, profile }: Device,
  conversation: ConversationId,
): Promise<void> {
  const platform = nodePlatform(server.origin, profile);
  const api = createApi(platform);
  const account = (await api.renewSession(true)) as AccountId;
  const unlocked = await unlockWithDevice(api, platform, account);
  if (!unlocked) throw new Error("not unlocked");
  const { vault, device } = unlocked;
  const root = vault.root();
  keep(`${who}'s TOTP secret as text`, person.totpSecret);
  keep(`${who}'s TOTP secret`, new Uint8Array(Secret.fromBase32(person.totpSecret).buffer));
  keep(`${who}'s recovery code as text`, person.recoveryCode);
  keep(`${who}'s recovery code without dashes`, person.recoveryCode.replaceAll("-", ""));
  keep(`${who}'s recovery secret`, (await parseRecoveryCode(person.recoveryCode)) as Uint8Array);
  keep(`${who}'s identity seed`, root.identitySeed);
  for (const { epoch, seed } of root.signing) if (seed) keep(`${who}'s signing seed ${epoch}`, seed);
  for (const { epoch, seed } of root.transport) keep(`${who}'s transport seed ${epoch}`, seed);
  keep(`${who}'s vault key`, vault.key);
  keep(`${who}'s conversation key`, (await vault.findConversationKey(conversation, 1)) as Uint8Array);
  keep(`${who}'s device seed`, await unwrapDeviceSeed(account, device.device, device));
  for (const [name, value] of profile.cookies) keep(`${who}'s cookie ${name}`, value);
  known.set(`${who}'s account id`, fromBase64url(account) as Uint8Array);
}

beforeAll(async () => {
  server = await startServer();
  const alice = await registerDevice(server, "alice");
  const bob = await registerDevice(server, "bob");
  const conversation = await startTalking(alice, bob);
  for (const text of TEXTS) {
    await alice.say(conversation, text);
    keep(`the message "${text.slice(0, 9)}…"`, text);
    await bob.until(() => bob.texts(conversation).includes(text), text);
  }
  const wrong = "the wrong password entirely";
  await confirmSignIn(server, { challenge: await startSignIn(server, "alice", wrong), code: "314159" });
  keep("a wrong password", wrong);
  keep("the password", alice.person.password);
  keep("the first-run token", server.firstRunToken ?? "");
  await collect("Alice", alice, conversation);
  await collect("Bob", bob, conversation);
  alice.close();
  bob.close();
  await server.kill("SIGTERM");
  files = databaseFiles(server.dataFolder);
  // The link is for a person and printed on purpose; once.
  printed = server.output().replace(`#token=${server.firstRunToken}`, "");
});

afterAll(() => server?.dispose());

/** The forms in which bytes travel and are stored. */
function forms(value: Uint8Array): Map<string, Buffer> {
  const bytes = Buffer.from(value);
  const base64 = bytes.toString("base64").replace(/=+$/, "");
  return new Map([
    ["raw", bytes],
    ["hex", Buffer.from(bytes.toString("hex"))],
    ["base64", Buffer.from(base64)],
    ["base64url", Buffer.from(bytes.toString("base64url"))],
    ["UTF-16", Buffer.from(bytes.toString("latin1"), "utf16le")],
  ]);
}

const found = (value: Uint8Array, places: readonly { path: string; bytes: Buffer }[]) =>
  [...forms(value)].flatMap(([form, needle]) =>
    places.filter(({ bytes }) => bytes.includes(needle)).map(({ path }) => `${form} in ${path}`),
  );

describe("the database's files", () => {
  test("hold what they should: the search finds", () => {
    expect(known.size).toBe(2);
    for (const [name, value] of known) expect([name, found(value, files).length > 0]).toEqual([name, true]);
    expect(found(Buffer.from("alice"), files)).not.toEqual([]);
  });

  test("hold no message, password, code, token or private key in any form", () => {
    expect(secrets.size).toBeGreaterThan(22);
    const leaks = [...secrets].flatMap(([name, value]) =>
      found(value, files).map((where) => `${name}: ${where}`),
    );
    expect(leaks).toEqual([]);
  });

  test("hold no key of the server's either: they lie beside", () => {
    const kept = readFileSync(join(server.dataFolder, "secrets.json"), "utf8");
    const keys = Object.values(JSON.parse(kept) as Record<string, string>);
    expect(keys).toHaveLength(3);
    for (const key of keys)
      expect(found(fromBase64url(key.replace(/^\d+:/, "")) as Uint8Array, files)).toEqual([]);
  });
});

describe("the log, with --debug", () => {
  test("tells what happened", () => {
    expect(printed).toContain('"event":"sign-in"');
    expect(printed).toContain('"level":"debug"');
  });

  test("holds no message, password, code, token or private key in any form", () => {
    const places = [{ path: "the log", bytes: Buffer.from(printed) }];
    const leaks = [...secrets].flatMap(([name, value]) =>
      found(value, places).map((where) => `${name}: ${where}`),
    );
    expect(leaks).toEqual([]);
    expect(printed).not.toContain("314159");
  });
});
