import fc from "fast-check";
import { type Bytes, equalBytes, u32 } from "../../base/bytes.ts";
import {
  type AccountId,
  type ConversationId,
  type DeviceId,
  idToBytes,
  type MessageId,
  newId,
} from "../../base/ids.ts";
import { MAX_ENVELOPE_BYTES, MIN_ENVELOPE_BYTES } from "../../protocol/layout/envelope.ts";
import { MAX_CONTENT_BYTES } from "../inner-message.ts";
import { type ConversationKey, newSecretKey } from "../keys.ts";
import { type MessageReader, type OutgoingMessage, openMessage, sealMessage } from "../message.ts";
import { randomBytes } from "../webcrypto.ts";
import { directory, newPerson, type Person } from "./people.ts";
import {
  requireBytes,
  requireEqual,
  requireEveryChangeRefused,
  requireRefused,
  type Suite,
} from "./portable.ts";
import { newDirect, type Room } from "./rooms.ts";

interface Scene {
  readonly alice: Person;
  readonly bob: Person;
  readonly room: Room;
  readonly reader: MessageReader;
}

async function newScene(): Promise<Scene> {
  const [alice, bob] = [await newPerson(), await newPerson()];
  const room = await newDirect(alice, bob);
  return { alice, bob, room, reader: readerOf(room, alice, bob) };
}

function readerOf(
  { conversation, key, created: { state } }: Room,
  ...people: readonly Person[]
): MessageReader {
  return {
    conversation,
    findState: (hash) => (equalBytes(hash, state.head) ? state : null),
    findConversationKey: (keyEpoch) => (keyEpoch === 1 ? key : null),
    findSigningKey: directory(...people),
  };
}

function outgoing({ alice, room }: Scene, content: Bytes = randomBytes(20)): OutgoingMessage {
  return {
    conversation: room.conversation,
    sender: alice.account,
    message: newId<MessageId>(),
    keyEpoch: 1,
    recordHash: room.created.state.head,
    device: newId<DeviceId>(),
    deviceSequence: 7,
    transcriptHead: randomBytes(32),
    transcriptPosition: 41,
    sentAt: 1_700_000_000_000,
    content,
  };
}

export const messageSuite: Suite = {
  name: "message",
  cases: {
    "opens to what was sealed": async () => {
      const scene = await newScene();
      const content = fc.uint8Array({ maxLength: 2000 });
      await fc.assert(
        fc.asyncProperty(content, fc.nat(), async (bytes, deviceSequence) => {
          const message = { ...outgoing(scene, bytes as Bytes), deviceSequence };
          const envelope = await sealMessage(message, scene.room.key, scene.alice.key);
          const opened = await openMessage(envelope, scene.reader);
          requireBytes(opened.content, message.content);
          requireBytes(opened.transcriptHead, message.transcriptHead);
          requireEqual(opened.transcriptPosition, 41);
          requireEqual(opened.deviceSequence, deviceSequence);
          requireEqual(opened.device, message.device);
          requireEqual(opened.sentAt, message.sentAt);
          requireEqual(opened.header.sender, scene.alice.account);
          requireEqual(opened.header.message, message.message);
        }),
        { numRuns: 40 },
      );
    },
    "hides lengths, from the floor to the largest content": async () => {
      const scene = await newScene();
      const sizeOf = async (length: number) => {
        const envelope = await sealMessage(
          outgoing(scene, new Uint8Array(length)),
          scene.room.key,
          scene.alice.key,
        );
        requireEqual((await openMessage(envelope, scene.reader)).content.length, length);
        return envelope.length;
      };
      requireEqual(await sizeOf(0), MIN_ENVELOPE_BYTES);
      requireEqual(await sizeOf(116), MIN_ENVELOPE_BYTES);
      requireEqual(await sizeOf(MAX_CONTENT_BYTES), MAX_ENVELOPE_BYTES);
      const tooLong = sealMessage(
        outgoing(scene, new Uint8Array(MAX_CONTENT_BYTES + 1)),
        scene.room.key,
        scene.alice.key,
      );
      requireEqual(
        await tooLong.then(
          () => "sealed",
          (error: Error) => error.name,
        ),
        "RangeError",
      );
    },
    "never makes the same envelope twice": async () => {
      const scene = await newScene();
      const message = outgoing(scene);
      const one = await sealMessage(message, scene.room.key, scene.alice.key);
      const other = await sealMessage(message, scene.room.key, scene.alice.key);
      requireEqual(equalBytes(one, other), false);
    },
    "refuses every changed bit and length": async () => {
      const scene = await newScene();
      const envelope = await sealMessage(outgoing(scene), scene.room.key, scene.alice.key);
      await requireEveryChangeRefused(envelope, (changed) => openMessage(changed, scene.reader));
    },
    "refuses an envelope moved to another conversation, sender, id, epoch or record": async () => {
      const scene = await newScene();
      const envelope = await sealMessage(outgoing(scene), scene.room.key, scene.alice.key);
      const elsewhere = newId<ConversationId>();
      // Each move also adjusts what the reader looks up, so that only the binding can refuse.
      const moves: readonly (readonly [offset: number, Uint8Array, Partial<MessageReader>])[] = [
        [3, idToBytes(elsewhere), { conversation: elsewhere }],
        [19, idToBytes(scene.bob.account), {}],
        [35, randomBytes(16), {}],
        [51, u32(2), { findState: () => ({ ...scene.room.created.state, keyEpoch: 2 }) }],
        [55, randomBytes(32), {}],
      ];
      const lenient: MessageReader = {
        ...scene.reader,
        findState: () => scene.room.created.state,
        findConversationKey: () => scene.room.key,
      };
      for (const [offset, bytes, changes] of moves) {
        const moved = envelope.slice();
        moved.set(bytes, offset);
        await requireRefused(openMessage(moved, { ...lenient, ...changes }), "open-failed");
      }
      await requireRefused(openMessage(envelope, { ...lenient, conversation: elsewhere }), "wrong-chain");
    },
    "refuses a member who signs as another": async () => {
      const scene = await newScene();
      const forged = await sealMessage(
        { ...outgoing(scene), sender: scene.bob.account },
        scene.room.key,
        scene.alice.key,
      );
      await requireRefused(openMessage(forged, scene.reader), "bad-signature");
    },
    "names what is missing": async () => {
      const scene = await newScene();
      const message = outgoing(scene);
      const envelope = await sealMessage(message, scene.room.key, scene.alice.key);
      const { reader } = scene;
      const open = (changes: Partial<MessageReader>) => openMessage(envelope, { ...reader, ...changes });
      await requireRefused(open({ findState: () => null }), "unknown-record");
      await requireRefused(open({ findConversationKey: () => null }), "waiting-for-key");
      await requireRefused(open({ findSigningKey: () => null }), "unknown-signer");
      await requireRefused(
        open({ findConversationKey: () => newSecretKey<ConversationKey>() }),
        "open-failed",
      );
      const wrongEpoch = { ...scene.room.created.state, keyEpoch: 2 };
      await requireRefused(open({ findState: () => wrongEpoch }), "wrong-chain");
      const stranger = { ...message, sender: newId<AccountId>() };
      const foreign = await sealMessage(stranger, scene.room.key, scene.alice.key);
      await requireRefused(openMessage(foreign, reader), "not-allowed");
    },
  },
};
