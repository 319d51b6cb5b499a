import { type Bytes, concat, u8, u32 } from "../../base/bytes.ts";
import { encodeFields } from "../../base/fields.ts";
import { type AccountId, idToBytes, newId } from "../../base/ids.ts";
import { BOX_PURPOSE, parseBox } from "../../protocol/layout/box.ts";
import { label } from "../../protocol/layout/label.ts";
import { type BoxContext, newBoxKey, openBox, sealBox } from "../sealed-box.ts";
import { aesOpen, nativeXWingPublicKey, randomBytes } from "../webcrypto.ts";
import { LibraryXWing, NativeXWing, preferredXWing } from "../x-wing.ts";
import { referenceKeySchedule } from "./hpke-reference.ts";
import { requireBytes, requireEqual, requireRefused, type Suite } from "./portable.ts";
import { hex, orNull, type Vectors } from "./vectors.ts";

function newContext(): BoxContext {
  return { purpose: "vault-key-to-device", account: newId<AccountId>(), object: randomBytes(16), epoch: 1 };
}

export const differentialSuite: Suite = {
  name: "two HPKE implementations",
  cases: {
    "the reference opens the library's boxes": () => requireReferenceOpens(newContext()),
    "and those with a pre-shared key": () => {
      const psk = { id: randomBytes(16), key: randomBytes(32) };
      return requireReferenceOpens({ ...newContext(), purpose: "device-link", psk });
    },
  },
};

async function requireReferenceOpens(context: BoxContext): Promise<void> {
  const [key, secret] = [await newBoxKey(), randomBytes(32)];
  const box = parseBox(await sealBox(key.publicKey, context, secret));
  const kem = new LibraryXWing();
  const recipientKey = await kem.deserializePrivateKey(key.seed);
  const shared = new Uint8Array(await kem.decap({ recipientKey, enc: box.encapsulation }));
  // `info` as docs/protocol.md spells it, written out once more.
  const purpose = u8(BOX_PURPOSE.encode(context.purpose));
  const account = idToBytes(context.account);
  const info = encodeFields(
    label("box"),
    u8(1),
    purpose,
    account,
    box.recipientKeyId,
    context.object,
    u32(1),
  );
  const none: Bytes = new Uint8Array(0);
  const { psk } = context;
  const schedule = {
    kemId: 0x647a,
    mode: psk ? 1 : 0,
    info,
    psk: psk?.key ?? none,
    pskId: psk?.id ?? none,
  };
  const { key: aesKey, nonce } = await referenceKeySchedule(shared, schedule);
  const aad = concat(u8(1), u8(1), purpose, box.recipientKeyId);
  const opened = await aesOpen(aesKey, nonce, aad, box.ciphertext);
  requireBytes(opened, secret);
}

/** Whether this platform has X-Wing of its own. */
export async function hasNativeXWing(): Promise<boolean> {
  return (await orNull(() => nativeXWingPublicKey(randomBytes(32)))) !== null;
}

/** For platforms with a native X-Wing: the same keys and boxes as the library's, in both directions. */
export const nativeSuite: Suite = {
  name: "native X-Wing",
  cases: {
    "is the one in use": async () => {
      requireEqual((await preferredXWing()) instanceof NativeXWing, true);
    },
    "makes the library's keys": async () => {
      for (let round = 0; round < 20; round++) {
        const seed = randomBytes(32);
        const [native, library] = [new NativeXWing(), new LibraryXWing()];
        const { publicKey } = await library.generateKeyPairDerand(seed);
        requireBytes(
          await nativeXWingPublicKey(seed),
          new Uint8Array(await library.serializePublicKey(publicKey)),
        );
        const pair = await native.generateKeyPairDerand(seed);
        requireBytes(new Uint8Array(await native.serializePrivateKey(pair.privateKey)), seed);
      }
    },
    "and the library open each other's boxes": async () => {
      const kems = [new NativeXWing(), new LibraryXWing()];
      for (let round = 0; round < 20; round++) {
        const [key, context, secret] = [await newBoxKey(), newContext(), randomBytes(32)];
        for (const sealer of kems) {
          const box = await sealBox(key.publicKey, context, secret, sealer);
          for (const opener of kems) requireBytes(await openBox(key, context, box, opener), secret);
        }
      }
    },
    "and the library refuse the same": async () => {
      const [key, context] = [await newBoxKey(), newContext()];
      const box = await sealBox(key.publicKey, context, randomBytes(32));
      const lowOrder = box.slice();
      lowOrder.fill(0, 35 + 1088, 35 + 1120);
      const outOfRange = key.publicKey.slice().fill(0xff, 0, 1184);
      const lowOrderKey = key.publicKey.slice().fill(0, 1184);
      for (const kem of [new NativeXWing(), new LibraryXWing()]) {
        await requireRefused(openBox(key, context, lowOrder, kem), "open-failed");
        await requireRefused(sealBox(outOfRange, context, randomBytes(32), kem), "malformed");
        await requireRefused(sealBox(lowOrderKey, context, randomBytes(32), kem), "malformed");
      }
    },
  },
};

export function nativeVectorSuite(vectors: Vectors): Suite {
  return {
    name: "native X-Wing against the draft",
    cases: {
      "keys and decapsulation": async () => {
        const kem = new NativeXWing();
        for (const { seed, ss, pk, ct } of vectors["xwing-draft"]) {
          requireBytes(await nativeXWingPublicKey(hex(seed)), hex(pk));
          const recipientKey = await kem.deserializePrivateKey(hex(seed));
          requireBytes(new Uint8Array(await kem.decap({ recipientKey, enc: hex(ct) })), hex(ss));
        }
      },
    },
  };
}
