import fc from "fast-check";
import { type Bytes, concat } from "../../base/bytes.ts";
import { type AccountId, newId } from "../../base/ids.ts";
import { type BoxContext, newBoxKey, openBox, sealBox } from "../sealed-box.ts";
import { randomBytes } from "../webcrypto.ts";
import { LibraryXWing } from "../x-wing.ts";
import {
  flipBit,
  requireBytes,
  requireEqual,
  requireEveryChangeRefused,
  requireRefused,
  type Suite,
} from "./portable.ts";

const secret = randomBytes(32);

function newContext(): BoxContext {
  return { purpose: "conversation-key", account: newId<AccountId>(), object: randomBytes(16), epoch: 3 };
}

export const boxSuite: Suite = {
  name: "sealed box",
  cases: {
    "opens for its recipient, 1171 bytes longer": async () => {
      const [key, context] = [await newBoxKey(), newContext()];
      const lengths = fc.uint8Array({ maxLength: 200 });
      await fc.assert(
        fc.asyncProperty(lengths, async (bytes) => {
          const plaintext = bytes as Bytes;
          const box = await sealBox(key.publicKey, context, plaintext);
          requireEqual(box.length, plaintext.length + 1171);
          requireBytes(await openBox(key, context, box), plaintext);
        }),
        { numRuns: 20 },
      );
    },
    "is null for anybody else": async () => {
      const context = newContext();
      const box = await sealBox((await newBoxKey()).publicKey, context, secret);
      requireEqual(await openBox(await newBoxKey(), context, box), null);
    },
    "refuses changed, cut and extended boxes": async () => {
      const [key, context] = [await newBoxKey(), newContext()];
      const box = await sealBox(key.publicKey, context, secret);
      await requireEveryChangeRefused(box, (changed) => openBox(key, context, changed), 61);
      for (const bit of [0, 8, 16]) await requireRefused(openBox(key, context, flipBit(box, bit)));
    },
    "refuses a longer or shorter encapsulation": async () => {
      const [key, context] = [await newBoxKey(), newContext()];
      const box = await sealBox(key.publicKey, context, secret);
      const cut = concat(box.subarray(0, 1154), box.subarray(1155));
      const grown = concat(box.subarray(0, 1155), new Uint8Array(1), box.subarray(1155));
      await requireRefused(openBox(key, context, cut), "open-failed");
      await requireRefused(openBox(key, context, grown), "open-failed");
    },
    "refuses a box moved to another purpose, account, object or epoch": async () => {
      const [key, context] = [await newBoxKey(), newContext()];
      const box = await sealBox(key.publicKey, context, secret);
      const elsewhere: readonly BoxContext[] = [
        { ...context, purpose: "vault-key-to-device" },
        { ...context, account: newId<AccountId>() },
        { ...context, object: randomBytes(16) },
        { ...context, epoch: 4 },
      ];
      for (const other of elsewhere) await requireRefused(openBox(key, other, box), "open-failed");
    },
    "refuses public keys that are none": async () => {
      const { publicKey } = await newBoxKey();
      const outOfRange = publicKey.slice();
      outOfRange.fill(0xff, 0, 1184);
      const lowOrder = concat(publicKey.subarray(0, 1184), new Uint8Array(32));
      const short = publicKey.slice(1);
      for (const wrong of [outOfRange, lowOrder, short]) {
        await requireRefused(sealBox(wrong, newContext(), secret), "malformed");
      }
    },
    "refuses an encapsulation whose X25519 part has low order": async () => {
      const [key, context] = [await newBoxKey(), newContext()];
      const box = await sealBox(key.publicKey, context, secret);
      box.fill(0, 35 + 1088, 35 + 1120);
      await requireRefused(openBox(key, context, box), "open-failed");
    },
    "never pretends to authenticate a sender": async () => {
      const kem = new LibraryXWing();
      const pair = await kem.generateKeyPairDerand(randomBytes(32));
      const { publicKey } = pair;
      const calls: readonly (() => Promise<unknown>)[] = [
        () => kem.encap({ recipientPublicKey: publicKey, senderKey: pair }),
        () => kem.decap({ recipientKey: pair, enc: new Uint8Array(1120), senderPublicKey: publicKey }),
      ];
      for (const call of calls) requireEqual(await errorName(call), "TypeError");
    },
  },
};

async function errorName(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
  } catch (error) {
    return (error as Error).name;
  }
  return "accepted";
}
