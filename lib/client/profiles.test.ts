import { describe, expect, test } from "vitest";
import type { Bytes } from "../base/bytes.ts";
import { type InvitationId, newId } from "../base/ids.ts";
import type { ChainState } from "../crypto/chain-state.ts";
import type { ConversationKey } from "../crypto/keys.ts";
import { signRoomProfile } from "../crypto/room-profile.ts";
import { sealRoomProfile } from "../crypto/seal-room-profile.ts";
import { directory, newPerson, type Person } from "../crypto/testing/people.ts";
import { newRoom } from "../crypto/testing/rooms.ts";
import { randomBytes } from "../crypto/webcrypto.ts";
import type { Role } from "../protocol/layout/member-change.ts";
import { encodeRoomProfileJson } from "../protocol/room-profile.ts";
import type { Api } from "./api.ts";
import type { ConversationKeys, KeyBook } from "./key-book.ts";
import { createProfiles } from "./profiles.ts";

/** A private room of an owner and a moderator, and a browser that follows its profile. */
async function newScene() {
  const [owner, moderator] = [await newPerson(), await newPerson()];
  const { conversation, key, created } = await newRoom([
    [owner, "owner"],
    [moderator, "moderator"],
  ]);
  const { state: beginning } = created;
  let state: ChainState = beginning;
  const reader = { findConversationKey: () => key, findSigningKey: directory(owner, moderator) };
  const findState = () => beginning;
  const keys = () => ({ state, reader, findState }) as unknown as ConversationKeys;
  const book = { require: async () => keys() } as unknown as KeyBook;
  const profiles = createProfiles({} as Api, book);

  return {
    profiles,
    conversation,
    async write(author: Person, revision: number, name: string): Promise<Bytes> {
      const invitations = [{ id: newId<InvitationId>(), secret: randomBytes(32), expiresAt: 1 }];
      const json = encodeRoomProfileJson({ name, topic: "", pins: [], invitations });
      const body = { conversation, author: author.account, recordHash: beginning.head, revision, json };
      return signRoomProfile(author.key, body);
    },
    seal: (signed: Bytes, revision: number, keyEpoch = 1) =>
      sealRoomProfile(signed, key as ConversationKey, { conversation, keyEpoch, revision }),
    /** Somebody changes the key. */
    rotate(): void {
      state = { ...state, keyEpoch: state.keyEpoch + 1 };
    },
    rank(person: Person, role: Role): void {
      const { certificateHash } = person;
      state = { ...state, members: new Map(state.members).set(person.account, { role, certificateHash }) };
    },
    async shown(bytes: Bytes) {
      profiles.offer(conversation, bytes);
      return (await profiles.require(conversation))?.content;
    },
    owner,
    moderator,
  };
}

describe("a room's profile", () => {
  test("has one wording for each revision: who seals it anew cannot change it", async () => {
    const { write, seal, shown, owner, moderator, rank } = await newScene();
    const signed = await write(owner, 2, "Garden");
    expect((await shown(await seal(signed, 2)))?.name).toBe("Garden");
    rank(moderator, "member");
    expect((await shown(await seal(await write(moderator, 2, "Mine"), 2)))?.name).toBe("Garden");
    expect((await shown(await seal(signed, 2)))?.name).toBe("Garden");
    expect((await shown(await seal(await write(owner, 1, "Before"), 1)))?.name).toBe("Garden");
    expect((await shown(await seal(await write(owner, 3, "Park"), 3)))?.name).toBe("Park");
  });

  test("lets nobody in by the word of who may not let in any more", async () => {
    const { write, seal, shown, moderator, rank } = await newScene();
    const profile = await seal(await write(moderator, 2, "Garden"), 2);
    expect((await shown(profile))?.invitations).toHaveLength(1);
    rank(moderator, "member");
    expect(await shown(profile)).toMatchObject({ name: "Garden", invitations: [] });
    // Nor where it is the one before, in place of something that does not open.
    expect(await shown(randomBytes(300))).toMatchObject({ name: "Garden", invitations: [] });
  });

  test("lets nobody in by what is sealed under an earlier key, nor is it sealed anew while that would", async () => {
    const { write, seal, shown, profiles, conversation, owner, rotate } = await newScene();
    const signed = await write(owner, 4, "Garden");
    expect((await shown(await seal(signed, 4)))?.invitations).toHaveLength(1);
    rotate();
    expect(await shown(await seal(signed, 4))).toMatchObject({ name: "Garden", invitations: [] });
    const before = await profiles.require(conversation);
    const key = randomBytes(32) as ConversationKey;
    expect(before?.isCurrent).toBe(false);
    expect(await before?.sealUnder(key, 3, 0)).toBeNull();
    // Once its links are over, it has nothing to bring back but the name.
    expect(await before?.sealUnder(key, 3, 1)).not.toBeNull();
    expect((await shown(await seal(signed, 4, 2)))?.invitations).toHaveLength(1);
    expect(await (await profiles.require(conversation))?.sealUnder(key, 3, 0)).not.toBeNull();
    expect((await shown(await seal(signed, 4)))?.invitations).toHaveLength(1);
  });

  test("has no earlier revision after the room was left out of a list", async () => {
    const { write, seal, shown, profiles, conversation, owner } = await newScene();
    expect((await shown(await seal(await write(owner, 5, "Garden"), 5)))?.name).toBe("Garden");
    profiles.drop(conversation);
    expect((await shown(await seal(await write(owner, 4, "Before"), 4)))?.name).toBe("Garden");
  });
});
