import { Secret, TOTP } from "otpauth";
import type { ConversationId } from "../../lib/base/ids.ts";
import { createEntrance } from "../../lib/client/entrance.ts";
import { createMessenger } from "../../lib/client/messenger.ts";
import type { Messenger, MessengerState } from "../../lib/client/model.ts";
import { putForward, serverNow } from "./clock.ts";
import { newProfile, nodePlatform, type Profile, perfectWire, type Wire } from "./node-platform.ts";
import type { ServerProcess } from "./server-process.ts";

const PASSWORD = "correct horse battery";

/** A person with what a person keeps: name, password, authenticator, recovery code. */
export interface TestPerson {
  readonly name: string;
  readonly password: string;
  readonly totpSecret: string;
  readonly recoveryCode: string;
}

/** One browser of a person, running lib/client as a tab does. */
export interface Device {
  readonly person: TestPerson;
  readonly profile: Profile;
  readonly wire: Wire;
  readonly messenger: Messenger;
  readonly platform: ReturnType<typeof nodePlatform>;
  /** Resolves when the state satisfies `test`; rejects after 45 seconds with the last state. */
  until(test: (state: MessengerState) => boolean, what: string): Promise<MessengerState>;
  texts(conversation: ConversationId): string[];
  say(conversation: ConversationId, text: string): Promise<void>;
  /** A new tab of the same browser profile, this one gone without a word. */
  reload(): Promise<Device>;
  close(): void;
}

const STEP_MS = 30_000;
/** The latest step of each secret that a code was made for here. */
const spent = new Map<string, number>();

export function totpCode(secret: string, at: number = serverNow()): string {
  const step = Math.floor(at / STEP_MS);
  spent.set(secret, Math.max(step, spent.get(secret) ?? 0));
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });
}

/**
 * A code that was not made here before and that the server takes for 30 s at least; puts its clock forward to one.
 */
export async function freshTotpCode(secret: string): Promise<string> {
  const now = serverNow();
  const step = Math.max((spent.get(secret) ?? 0) + 1, Math.floor(now / STEP_MS));
  if (step * STEP_MS > now) await putForward(step * STEP_MS - now);
  return totpCode(secret, step * STEP_MS);
}

let people = 0;
/** Servers whose administrator exists: the first person registered on each takes that seat. */
const seated = new WeakSet<ServerProcess>();

/** Registers a person through the front door, keys and recovery code included, and opens the messenger. */
export async function registerDevice(
  server: ServerProcess,
  name?: string,
  profile: Profile = newProfile(),
): Promise<Device> {
  people += 1;
  const wire = perfectWire();
  const entrance = createEntrance(nodePlatform(server.origin, profile, wire));
  const chosen = name ?? `person${people}.${Date.now() % 1_000_000}`;
  const { registration, totpSecret } = await entrance.startRegistration({
    name: chosen,
    displayName: `${chosen[0]?.toUpperCase()}${chosen.slice(1)} Test`,
    password: PASSWORD,
    ...(server.firstRunToken && !seated.has(server) && { firstRunToken: server.firstRunToken }),
  });
  await entrance.confirmRegistration({ registration, code: await freshTotpCode(totpSecret) });
  seated.add(server);
  const keys = await entrance.prepareKeys();
  await keys.commit();
  const person = { name: chosen, password: PASSWORD, totpSecret, recoveryCode: keys.recoveryCode };
  return openDevice(server, person, profile, wire);
}

export async function openDevice(
  server: ServerProcess,
  person: TestPerson,
  profile: Profile,
  wire: Wire = perfectWire(),
): Promise<Device> {
  const platform = nodePlatform(server.origin, profile, wire);
  const messenger = createMessenger(platform);
  const device: Device = {
    person,
    profile,
    wire,
    messenger,
    platform,
    say: (conversation, text) => messenger.send(conversation, { type: "text", text }),
    until: (test, what) => until(messenger, test, what),
    texts: (conversation) =>
      (messenger.getState().timelines.get(conversation)?.messages ?? []).map(({ body }) =>
        body.kind === "text" ? body.text : `<${body.kind === "unreadable" ? body.reason : body.kind}>`,
      ),
    async reload() {
      messenger.stop();
      platform.die();
      return openDevice(server, person, profile, wire);
    },
    close() {
      messenger.stop();
      platform.die();
    },
  };
  void messenger.start();
  await device.until(({ phase }) => phase !== "starting", "started");
  return device;
}

/** Both ready in their one conversation. */
export async function startTalking(a: Device, b: Device): Promise<ConversationId> {
  const [found] = await a.messenger.findPeople(b.person.name);
  if (!found) throw new Error(`${b.person.name} is not found`);
  const conversation = await a.messenger.startDirect(found);
  for (const device of [a, b]) {
    await device.until(
      ({ conversations }) => conversations?.some(({ id }) => id === conversation) ?? false,
      "the conversation is listed",
    );
    await device.messenger.openConversation(conversation);
  }
  return conversation;
}

function until(
  messenger: Messenger,
  test: (state: MessengerState) => boolean,
  what: string,
): Promise<MessengerState> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const state = messenger.getState();
      if (!test(state)) return;
      clearTimeout(timer);
      forget();
      resolve(state);
    };
    const forget = messenger.subscribe(check);
    const timer = setTimeout(() => {
      forget();
      const { phase, connection, conversations, timelines } = messenger.getState();
      const seen = [...timelines.values()].map(({ messages }) => messages.length);
      reject(
        new Error(
          `not "${what}": ${phase}, ${connection}, ${conversations?.length} conversations, ${seen} messages`,
        ),
      );
    }, 45_000);
    check();
  });
}
