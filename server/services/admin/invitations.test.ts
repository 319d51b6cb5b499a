import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import "../../testing/cheap-passwords.mjs";
import { DEFAULT_POLICIES, type PolicyValues } from "../../../lib/protocol/policies.ts";
import { CLIENT, openRoomWorld, type Resident, type RoomWorld } from "../testing/room-world.ts";

const DAY = 86_400_000;
const PASSWORD = "correct horse battery";
const FORM = { role: "member", uses: 1, days: 7, note: "" } as const;

let world: RoomWorld;
let chief: Resident;
let people = 0;

beforeAll(async () => {
  world = await openRoomWorld();
  chief = await world.newResident();
  await world.services.firstRun.fill("administrator", chief.account, async () => true);
}, 60_000);

afterAll(() => world?.close());

const setPolicies = (changes: Partial<PolicyValues>) =>
  world.services.policies.change(chief.account, changes, CLIENT);
beforeEach(() => setPolicies({ ...DEFAULT_POLICIES, registration: "invitation" }));

const invitations = () => world.services.admin.invitations;
const make = (form: Partial<Parameters<RoomWorld["services"]["admin"]["invitations"]["create"]>[1]> = {}) =>
  invitations().create(chief.session, { ...FORM, ...form }, CLIENT);

/** The form, and how it is ended. */
async function begin(fields: { name?: string; email?: string; invitation?: string } = {}) {
  people += 1;
  const form = { name: `newcomer${people}`, displayName: "New Comer", password: PASSWORD, ...fields };
  const { registration, totpSecret } = await world.services.registration.start(form, CLIENT);
  const totp = new TOTP({ secret: Secret.fromBase32(totpSecret) });
  const code = totp.generate({ timestamp: world.now() });
  return { end: () => world.services.registration.confirm({ registration, code }, CLIENT) };
}
const register = async (fields: Parameters<typeof begin>[0]) => (await begin(fields)).end();
const over = { code: "invitation-over" };

describe("an invitation", () => {
  test("lets somebody in where nobody else may, as what it says, and tells who came by it", async () => {
    await expect(begin()).rejects.toMatchObject({ code: "registration-closed" });
    const { id, token } = await make({ role: "auditor", note: "The accountant" });
    expect(await world.services.registration.readInvitation(token)).toEqual({
      name: null,
      displayName: null,
      email: null,
    });
    const { accountId } = await register({ invitation: token });
    const { invitation, people: came } = await invitations().read(id);
    expect(invitation).toMatchObject({ note: "The accountant", uses: 1, createdBy: { id: chief.account } });
    expect(came.map(({ person }) => person.id)).toEqual([accountId]);
    expect((await world.database.accounts.findById(accountId))?.role).toBe("auditor");
    await expect(begin({ invitation: token })).rejects.toMatchObject(over);
    const entries: { event: string; detail: string }[] = await world.database.pool.query(
      "SELECT event, detail FROM journal WHERE event IN ('invitations-made', 'registration') ORDER BY id",
    );
    expect(entries).toEqual([
      { event: "invitations-made", detail: `${id} auditor, 1 uses, 7 days` },
      { event: "registration", detail: `auditor by invitation ${id}` },
    ]);
  });

  test("makes administrators without the seat of the first", async () => {
    const { accountId } = await register({ invitation: (await make({ role: "administrator" })).token });
    expect((await world.database.accounts.findById(accountId))?.role).toBe("administrator");
  });

  test("is good for as many as it says, of any number at once", async () => {
    const { token, id } = await make({ uses: 3 });
    const begun = await Promise.all(Array.from({ length: 5 }, () => begin({ invitation: token })));
    const outcomes = await Promise.allSettled(begun.map(({ end }) => end()));
    const refused = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
    expect(refused).toEqual(Array(2).fill("invitation-over"));
    expect((await invitations().read(id)).people).toHaveLength(3);
  });

  test("is not used up by a name that was taken meanwhile", async () => {
    const { token, id } = await make();
    const [first, second] = [
      await begin({ invitation: token, name: "twin" }),
      await begin({ invitation: (await make()).token, name: "twin" }),
    ];
    await second.end();
    await expect(first.end()).rejects.toMatchObject({ code: "name-taken" });
    expect((await invitations().read(id)).invitation?.uses).toBe(0);
  });

  test("revoked, over, unknown: all one answer, at the form's end too", async () => {
    const [revoked, past] = [await make({ uses: 2 }), await make({ days: 1 })];
    const late = await begin({ invitation: revoked.token });
    await invitations().revoke(chief.session, revoked.id, CLIENT);
    await invitations().revoke(chief.session, revoked.id, CLIENT);
    await expect(late.end()).rejects.toMatchObject(over);
    world.pass(DAY);
    for (const invitation of [revoked.token, past.token, "A".repeat(43)]) {
      await expect(begin({ invitation })).rejects.toMatchObject(over);
      await expect(world.services.registration.readInvitation(invitation)).rejects.toMatchObject(over);
    }
    const events: unknown[] = await world.database.pool.query(
      "SELECT id FROM journal WHERE event = 'invitation-revoked'",
    );
    expect(events).toHaveLength(1);
  });

  test("helps nobody while registration is closed", async () => {
    const { token } = await make();
    const begun = await begin({ invitation: token });
    await setPolicies({ registration: "closed" });
    await expect(begun.end()).rejects.toMatchObject({ code: "registration-closed" });
    await expect(begin({ invitation: token })).rejects.toMatchObject({ code: "registration-closed" });
  });

  test("is forgotten long after it was over, with who came by it", async () => {
    const { id } = await make({ days: 1 });
    world.pass(90 * DAY);
    await world.services.deleteExpired();
    await invitations().read(id);
    world.pass(DAY + 1);
    await world.services.deleteExpired();
    await expect(invitations().read(id)).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("e-mail addresses", () => {
  const refused = { code: "email-refused" };

  test("are asked for where they are required, or have to fit", async () => {
    await setPolicies({ registration: "open", registrationEmail: "required" });
    await expect(begin()).rejects.toMatchObject(refused);
    await register({ email: "first@sceau.example" });
    await setPolicies({ registrationEmail: "unasked", allowedEmails: "*@sceau.example" });
    expect(world.services.registration.terms().email).toBe("required");
    await expect(begin()).rejects.toMatchObject(refused);
  });

  test("fit an allowed pattern and no denied one, but for what an invitation promised", async () => {
    await setPolicies({
      registration: "open",
      allowedEmails: "*@sceau.example",
      deniedEmails: "temp*@sceau.example",
    });
    await expect(begin({ email: "ada@elsewhere.example" })).rejects.toMatchObject(refused);
    await expect(begin({ email: "Temp.1@sceau.example" })).rejects.toMatchObject(refused);
    const guest = {
      name: "guest",
      displayName: "Guest",
      email: "guest@elsewhere.example",
      role: "member",
    } as const;
    const file = { people: [guest], days: 7, dryRun: false };
    const { lines } = await invitations().import(chief.session, file, CLIENT);
    const invitation = lines[0]?.token ?? "";
    await expect(begin({ invitation, email: "ada@elsewhere.example" })).rejects.toMatchObject(refused);
    const { accountId } = await register({ invitation, email: guest.email });
    expect((await world.database.accounts.findById(accountId))?.email).toBe(guest.email);
  });

  test("belong to one account, whoever is first", async () => {
    await setPolicies({ registration: "open" });
    const [one, two] = [await begin({ email: "same@x.org" }), await begin({ email: "Same@x.org" })];
    await one.end();
    await expect(two.end()).rejects.toMatchObject({ code: "email-taken" });
    await expect(begin({ email: "SAME@x.org" })).rejects.toMatchObject({ code: "email-taken" });
  });
});

describe("a file of people", () => {
  const person = (name: string, email: string | null = null) =>
    ({ name, displayName: `The ${name}`, email, role: "member" }) as const;

  test("names who is here already, and invites the others one by one", async () => {
    await setPolicies({ registration: "open" });
    await register({ name: "here", email: "here@x.org" });
    const file = [person("here"), person("other", "Here@X.org"), person("new", "new@x.org")];
    const bring = (dryRun: boolean) =>
      invitations().import(chief.session, { people: file, days: 7, dryRun }, CLIENT);
    const before = new Set((await invitations().list(undefined)).rows.map(({ id }) => id));
    const problems = ["name-taken", "email-taken", null];
    const dry = await bring(true);
    expect(dry.lines).toEqual(problems.map((problem) => ({ problem, token: null })));
    // Of the same millisecond as others, it may stand anywhere among them.
    const fresh = async () => (await invitations().list(undefined)).rows.filter(({ id }) => !before.has(id));
    expect(await fresh()).toEqual([]);
    const { lines } = await bring(false);
    expect(lines.map(({ problem }) => problem)).toEqual(problems);
    const [row] = await fresh();
    expect(row).toMatchObject({ name: "new", email: "new@x.org", maxUses: 1 });
    const token = lines[2]?.token ?? "";
    expect(await world.services.registration.readInvitation(token)).toEqual({
      name: "new",
      displayName: "The new",
      email: "new@x.org",
    });
    await register({ invitation: token, email: "new@x.org" });
    // What was suggested is in the account now, and goes with it.
    const [used] = await fresh();
    expect(used).toMatchObject({ name: null, displayName: null, email: null, uses: 1 });
  });

  test("of 500 is one page after the other, from the primary key", async () => {
    const all = Array.from({ length: 500 }, (_, i) => person(`file${i}`));
    const file = { people: all, days: 7, dryRun: false };
    await invitations().import(chief.session, file, CLIENT);
    const first = await invitations().list(undefined);
    const second = await invitations().list(first.next as never);
    const ids = [...first.rows, ...second.rows].map(({ id }) => id);
    expect(new Set(ids).size).toBe(100);
    const plan: { key: string; Extra: string }[] = await world.database.pool.query(
      "EXPLAIN SELECT id FROM invitation WHERE id < ? ORDER BY id DESC LIMIT 51",
      [Buffer.alloc(16, 255)],
    );
    expect(plan[0]).toMatchObject({ key: "PRIMARY" });
    expect(plan[0]?.Extra).not.toMatch(/filesort|temporary/);
  });
});
