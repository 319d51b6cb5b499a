import { concat, utf8 } from "../../base/bytes.ts";
import { type AccountId, type ConversationId, type InvitationId, newId } from "../../base/ids.ts";
import { encodeJoinRequest, encodeJoinRequestBody } from "../../protocol/layout/join-request.ts";
import { isInvited, joinProof, signJoinRequest, verifyJoinRequest } from "../join-request.ts";
import { type RoomProfileReader, signRoomProfile, verifyRoomProfile } from "../room-profile.ts";
import { sign } from "../signature.ts";
import { randomBytes } from "../webcrypto.ts";
import { directory, newPerson, type Person } from "./people.ts";
import {
  requireBytes,
  requireEqual,
  requireEveryChangeRefused,
  requireRefused,
  type Suite,
} from "./portable.ts";
import { newDirect } from "./rooms.ts";
import { newCast } from "./rules-cast.ts";

async function newRequest(invited: boolean) {
  const joiner = await newPerson();
  const conversation = newId<ConversationId>();
  const secret = randomBytes(32);
  const { account, certificateHash } = joiner;
  const body = {
    conversation,
    account,
    certificateHash,
    invited: invited
      ? {
          invitation: newId<InvitationId>(),
          proof: await joinProof(secret, { conversation, account, certificateHash }),
        }
      : null,
    time: 5,
  };
  return { joiner, conversation, secret, body, bytes: await signJoinRequest(joiner.key, body) };
}

async function newProfile(who: "owner" | "moderator" | "member" | "outsider") {
  const scene = await newCast();
  const { cast, conversation, state } = scene;
  const author: Person = cast[who];
  const body = {
    conversation,
    author: author.account,
    recordHash: state.head,
    revision: 3,
    json: utf8('{"name":"Garden"}'),
  };
  const reader: RoomProfileReader = {
    conversation,
    findState: (hash) => (hash.every((byte, i) => byte === state.head[i]) ? state : null),
    findSigningKey: directory(...Object.values(cast)),
  };
  return { ...scene, body, reader, bytes: await signRoomProfile(author.key, body) };
}

export const roomPartsSuite: Suite = {
  name: "join requests and room profiles",
  cases: {
    "a request verifies, with an invitation and without": async () => {
      for (const invited of [true, false]) {
        const { joiner, conversation, body, bytes } = await newRequest(invited);
        const { account } = joiner;
        const request = await verifyJoinRequest(bytes, { conversation, account }, directory(joiner));
        requireBytes(request.certificateHash, joiner.certificateHash);
        requireEqual(request.invited?.invitation ?? null, body.invited?.invitation ?? null);
        requireEqual(request.time, 5);
      }
    },
    "a request refuses every changed bit and length": async () => {
      const { joiner, conversation, bytes } = await newRequest(true);
      const expected = { conversation, account: joiner.account };
      await requireEveryChangeRefused(
        bytes,
        (changed) => verifyJoinRequest(changed, expected, directory(joiner)),
        3,
      );
    },
    "nobody asks for another person or at another door": async () => {
      const { joiner, conversation, body, bytes } = await newRequest(false);
      const { account } = joiner;
      const find = directory(joiner);
      const elsewhere = newId<ConversationId>();
      await requireRefused(
        verifyJoinRequest(bytes, { conversation: elsewhere, account }, find),
        "wrong-chain",
      );
      const other = newId<AccountId>();
      await requireRefused(verifyJoinRequest(bytes, { conversation, account: other }, find), "wrong-chain");
      await requireRefused(
        verifyJoinRequest(bytes, { conversation, account }, () => null),
        "unknown-signer",
      );
      const eve = await newPerson();
      const forged = await signJoinRequest(eve.key, body);
      await requireRefused(verifyJoinRequest(forged, { conversation, account }, find), "bad-signature");
    },
    "half an invitation is none": async () => {
      const { joiner, conversation, body } = await newRequest(true);
      const { account } = joiner;
      if (!body.invited) throw new Error("no invitation");
      const half = { ...body, invited: { ...body.invited, proof: new Uint8Array(0) } };
      const signed = encodeJoinRequestBody(half);
      const bytes = encodeJoinRequest(signed, await sign(joiner.key, signed));
      await requireRefused(
        verifyJoinRequest(bytes, { conversation, account }, directory(joiner)),
        "malformed",
      );
    },
    "a proof is the secret's, the room's and the person's": async () => {
      const { secret, body } = await newRequest(true);
      requireEqual(await isInvited(body, secret), true);
      requireEqual(await isInvited(body, randomBytes(32)), false);
      requireEqual(await isInvited({ ...body, account: newId<AccountId>() }, secret), false);
      requireEqual(await isInvited({ ...body, conversation: newId<ConversationId>() }, secret), false);
      requireEqual(await isInvited({ ...body, certificateHash: randomBytes(32) }, secret), false);
      requireEqual(await isInvited({ ...body, invited: null }, secret), false);
    },
    "owners and moderators describe a room, members do not": async () => {
      for (const who of ["owner", "moderator"] as const) {
        const { bytes, body, reader } = await newProfile(who);
        const profile = await verifyRoomProfile(bytes, reader);
        requireBytes(profile.json, body.json);
        requireEqual(profile.revision, 3);
      }
      for (const who of ["member", "outsider"] as const) {
        const { bytes, reader } = await newProfile(who);
        await requireRefused(verifyRoomProfile(bytes, reader), "not-allowed");
      }
    },
    "both describe a direct conversation": async () => {
      const [alice, bob] = [await newPerson(), await newPerson()];
      const { conversation, created } = await newDirect(alice, bob);
      const body = {
        conversation,
        author: bob.account,
        recordHash: created.state.head,
        revision: 1,
        json: utf8("{}"),
      };
      const reader = {
        conversation,
        findState: () => created.state,
        findSigningKey: directory(alice, bob),
      };
      const profile = await verifyRoomProfile(await signRoomProfile(bob.key, body), reader);
      requireEqual(profile.author, bob.account);
    },
    "a profile refuses every changed bit and length": async () => {
      const { bytes, reader } = await newProfile("owner");
      await requireEveryChangeRefused(bytes, (changed) => verifyRoomProfile(changed, reader), 3);
      await requireRefused(verifyRoomProfile(concat(bytes, new Uint8Array(30_000)), reader), "malformed");
    },
    "a profile belongs to its room, its record and its author": async () => {
      const { bytes, reader, body, cast } = await newProfile("owner");
      const elsewhere = { ...reader, conversation: newId<ConversationId>() };
      await requireRefused(verifyRoomProfile(bytes, elsewhere), "wrong-chain");
      await requireRefused(verifyRoomProfile(bytes, { ...reader, findState: () => null }), "unknown-record");
      await requireRefused(
        verifyRoomProfile(bytes, { ...reader, findSigningKey: () => null }),
        "unknown-signer",
      );
      const forged = await signRoomProfile(cast.member.key, body);
      await requireRefused(verifyRoomProfile(forged, reader), "bad-signature");
    },
  },
};
