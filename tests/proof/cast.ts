import { setTimeout as sleep } from "node:timers/promises";
import type { ConversationId } from "../../lib/base/ids.ts";
import type { Message } from "../../lib/client/model.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { type Device, registerDevice } from "../../server/testing/device.ts";
import { addDevice } from "../../server/testing/second-device.ts";
import type { ServerProcess } from "../../server/testing/server-process.ts";

/** How long somebody who was cut off may take to have everything: a back-off of half a minute, more than once. */
const PATIENCE_MS = 150_000;
const LOOK_EVERY_MS = 50;
/** Sealing needs no network, unless a key has to change first. */
const SEAL_MS = 2_000;

/** What was said by a device in a conversation; nobody else ever says the same. */
export interface Said {
  readonly text: string;
  readonly conversation: ConversationId;
  /** What the device has safely must arrive, whatever happens to it; what died with its tab before that may be gone. */
  fate: "sealing" | "safe" | "died" | "refused";
  /** Why, where it was refused. */
  refusal: string | null;
}

/** A small file that a device sent, in a message with a text of its own. */
export interface SentFile {
  readonly text: string;
  readonly conversation: ConversationId;
  readonly bytes: Uint8Array;
  /** Why nobody may have it, if so: its tab died before it was stored, or what it was refused with. */
  excuse: string | null;
}

/** The excuse of what a tab took along. */
export const DIED = "its tab died";

/** One device of somebody, over any number of deaths. */
export interface Actor {
  readonly name: string;
  device(): Device;
  /** In this round, by a tab that was there. */
  said(conversation: ConversationId): readonly Said[];
  beginRound(): void;
  say(conversation: ConversationId, text: string): void;
  /** In this round. */
  files(conversation: ConversationId): readonly SentFile[];
  sendFile(conversation: ConversationId, text: string, bytes: Uint8Array): void;
  /** The tab dies in the middle of what it does; the next one of the same browser goes on. */
  dieAndReturn(): Promise<void>;
  enter(conversation: ConversationId): Promise<void>;
  /** Opens it in this tab; the next one does not know of it. */
  lookInto(conversation: ConversationId): Promise<void>;
  /** @throws when it does not come about in two and a half minutes, with `what` */
  until(holds: () => boolean, what: string): Promise<void>;
  close(): void;
}

/** @returns so many people, the first of whom has two devices */
export async function gatherCast(server: ServerProcess, people: number): Promise<Actor[]> {
  const actors: Actor[] = [];
  for (let i = 0; i < people; i += 1)
    actors.push(createActor(`p${i}`, await registerDevice(server, `p${i}`)));
  const first = actors[0] as Actor;
  actors.push(createActor("p0 elsewhere", await addDevice(server, first.device().person)));
  return actors;
}

function createActor(name: string, first: Device): Actor {
  let device = first;
  let gone = false;
  const said: Said[] = [];
  const files: SentFile[] = [];
  const open = new Set<ConversationId>();
  const sealing = new Set<Promise<unknown>>();

  async function until(holds: () => boolean, what: string): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!holds()) {
      const { phase, connection } = device.messenger.getState();
      if (Date.now() > deadline)
        throw new Error(`${name} (${phase}, ${connection}) waits in vain for ${what}`);
      await sleep(LOOK_EVERY_MS);
    }
  }

  const isListed = (conversation: ConversationId): boolean =>
    device.messenger.getState().conversations?.some(({ id }) => id === conversation) ?? false;

  const reading = async (conversation: ConversationId): Promise<void> => {
    await until(() => isListed(conversation), "a conversation in the list");
    for (let waits = LOOK_EVERY_MS; ; waits *= 2) {
      // Fails while the server is away; then it is tried again, as somebody would who looks at it.
      const opening = device.messenger.openConversation(conversation).then(
        () => true,
        () => false,
      );
      // Unreferenced: whoever has played their rounds need not wait for it.
      const opened = await Promise.race([opening, sleep(PATIENCE_MS, null, { ref: false })]);
      if (opened === null) throw new Error(`${name} opens a conversation without end`);
      if (opened && device.messenger.getState().timelines.get(conversation)?.state === "ready") return;
      if (waits > PATIENCE_MS) throw new Error(`${name} cannot open a conversation`);
      await sleep(waits);
    }
  };

  return {
    name,
    device: () => device,
    until,
    said: (conversation) => said.filter((one) => one.conversation === conversation),
    beginRound() {
      said.length = 0;
      files.length = 0;
      open.clear();
    },
    say(conversation, text) {
      // Between two tabs there is nobody to say it, and in a new one at first no place for it.
      if (gone || !isListed(conversation)) return;
      const one: Said = { text, conversation, fate: "sealing", refusal: null };
      said.push(one);
      const sealed = device.say(conversation, text).then(
        () => {
          if (one.fate === "sealing") one.fate = "safe";
        },
        (error: unknown) => {
          if (one.fate === "sealing") Object.assign(one, { fate: "refused", refusal: nameOf(error) });
        },
      );
      sealing.add(sealed);
      void sealed.finally(() => sealing.delete(sealed));
    },
    files: (conversation) => files.filter((one) => one.conversation === conversation),
    sendFile(conversation, text, bytes) {
      if (gone || !isListed(conversation)) return;
      const one: SentFile = { text, conversation, bytes, excuse: null };
      files.push(one);
      const read = async (from: number, to: number) => bytes.subarray(from, to);
      const source = { name: text, mediaType: "", size: bytes.length, read, preview: null };
      device.messenger
        .files()
        .then((sending) => sending.send(conversation, { text }, [source]))
        .catch((error: unknown) => {
          one.excuse ??= nameOf(error);
        });
    },
    async dieAndReturn() {
      gone = true;
      const { timelines } = device.messenger.getState();
      for (const file of files) {
        const { messages = [] } = timelines.get(file.conversation) ?? {};
        const isStored = ({ seq, body }: Message) =>
          seq !== null && body.kind === "text" && body.text === file.text;
        if (!messages.some(isStored)) file.excuse ??= DIED;
      }
      // A tab in Node cannot be stopped between two of its steps: what it still did would be a ghost's.
      await Promise.race([Promise.all(sealing), sleep(SEAL_MS)]);
      for (const one of said) if (one.fate === "sealing") one.fate = "died";
      device = await device.reload();
      gone = false;
      await until(() => device.messenger.getState().phase === "ready", "its keys");
      await Promise.all([...open].map(reading));
    },
    async enter(conversation) {
      open.add(conversation);
      await reading(conversation);
    },
    lookInto: reading,
    close: () => device.close(),
  };
}

const nameOf = (error: unknown): string => (error instanceof AppError ? error.code : String(error));
