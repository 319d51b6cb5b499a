import { concat, utf8 } from "../../base/bytes.ts";
import { type ConversationId, newId } from "../../base/ids.ts";
import { type ConversationKey, newSecretKey } from "../keys.ts";
import { openRoomProfile, sealRoomProfile } from "../seal-room-profile.ts";
import {
  requireBytes,
  requireEqual,
  requireEveryChangeRefused,
  requireRefused,
  type Suite,
} from "./portable.ts";

const SIGNED = utf8("signed elsewhere, the same under every key");

async function newSealed() {
  const conversation = newId<ConversationId>();
  const key = newSecretKey<ConversationKey>();
  const place = { conversation, keyEpoch: 4, revision: 7 };
  const find = (epoch: number) => (epoch === 4 ? key : null);
  return { conversation, key, place, find, bytes: await sealRoomProfile(SIGNED, key, place) };
}

export const sealedProfileSuite: Suite = {
  name: "sealed room profiles",
  cases: {
    "open to the same words, with the place they were sealed for": async () => {
      const { conversation, find, bytes } = await newSealed();
      const opened = await openRoomProfile(bytes, conversation, find);
      requireBytes(opened.signed, SIGNED);
      requireEqual(opened.keyEpoch, 4);
      requireEqual(opened.revision, 7);
    },
    "never look the same twice, and hide their length": async () => {
      const { key, place, bytes } = await newSealed();
      const again = await sealRoomProfile(SIGNED, key, place);
      requireEqual(bytes.join() === again.join(), false);
      const longer = await sealRoomProfile(concat(SIGNED, utf8("!")), key, place);
      requireEqual(longer.length, bytes.length);
    },
    "refuse every changed bit and length": async () => {
      const { conversation, key, bytes } = await newSealed();
      await requireEveryChangeRefused(
        bytes,
        (changed) => openRoomProfile(changed, conversation, () => key),
        7,
      );
    },
    "refuse another conversation, and wait for a key that is not there": async () => {
      const { conversation, key, find, bytes } = await newSealed();
      await requireRefused(
        openRoomProfile(bytes, newId<ConversationId>(), () => key),
        "open-failed",
      );
      await requireRefused(
        openRoomProfile(bytes, conversation, () => newSecretKey()),
        "open-failed",
      );
      await requireRefused(
        openRoomProfile(bytes, conversation, () => null),
        "waiting-for-key",
      );
      requireBytes((await openRoomProfile(bytes, conversation, find)).signed, SIGNED);
    },
  },
};
