import { utf8 } from "../../lib/base/bytes.ts";
import {
  type AccountId,
  type ConversationId,
  type DeviceId,
  idToBytes,
  type MessageId,
  newId,
} from "../../lib/base/ids.ts";
import { type ConversationKey, newSecretKey } from "../../lib/crypto/keys.ts";
import { openMessage, sealMessage } from "../../lib/crypto/message.ts";
import { newBoxKey, sealBox } from "../../lib/crypto/sealed-box.ts";
import { sign } from "../../lib/crypto/signature.ts";
import { newPerson } from "../../lib/crypto/testing/people.ts";
import { aesOpen, aesSeal, ed25519Verify, generateAesKey } from "../../lib/crypto/webcrypto.ts";
import { preferredXWing } from "../../lib/crypto/x-wing.ts";

/** In a worker of a browser: what opening and sealing take, beside the primitives that they cannot do without. */

const TEXT_CHARS = 600;
const AT_ONCE = 16;
const WARM = 100;

self.addEventListener(
  "message",
  async ({ data }: MessageEvent<{ milliseconds: number; members: number }>) => {
    try {
      postMessage({ figures: await measureAll(data) });
    } catch (error) {
      postMessage({ failed: String(error) });
    }
  },
);

async function measureAll({ milliseconds, members }: { milliseconds: number; members: number }) {
  const person = await newPerson();
  const conversation = newId<ConversationId>();
  const secret = newSecretKey<ConversationKey>();
  const recordHash = crypto.getRandomValues(new Uint8Array(32));
  const content = utf8("x".repeat(TEXT_CHARS));
  const envelope = await sealMessage(
    {
      ...{
        conversation,
        sender: person.account,
        message: newId<MessageId>(),
        keyEpoch: 1,
        recordHash,
        content,
      },
      ...{ device: newId<DeviceId>(), deviceSequence: 1, transcriptHead: recordHash, transcriptPosition: 0 },
      sentAt: 0,
    },
    secret,
    person.key,
  );
  const state = {
    keyEpoch: 1,
    members: new Map([[person.account, { role: "member", certificateHash: person.certificateHash }]]),
    policy: { posting: "everyone" },
  };
  const reader = {
    conversation,
    findState: () => state as never,
    findConversationKey: () => secret,
    findSigningKey: async () => person.key.publicKey,
  };
  const signature = await sign(person.key, content);
  const key = await generateAesKey();
  const [nonce, nothing] = [new Uint8Array(12), new Uint8Array(0)];
  const ciphertext = await aesSeal(key, nonce, nothing, envelope);
  const kem = await preferredXWing();
  const box = await newBoxKey();
  const publicKey = await kem.deserializePublicKey(box.publicKey);
  const context = {
    purpose: "conversation-key",
    account: newId<AccountId>(),
    object: idToBytes(conversation),
    epoch: 1,
  } as const;

  const primitives = await rate(milliseconds, async () => {
    await aesOpen(key, nonce, nothing, ciphertext);
    await ed25519Verify(person.key.publicKey, content, signature);
  });
  const opened = await rate(milliseconds, () => openMessage(envelope, reader));
  const encapsulated = await rate(milliseconds, () => kem.encap({ recipientPublicKey: publicKey }));
  const began = performance.now();
  for (let i = 0; i < members; i += AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, members - i) }, () =>
        sealBox(box.publicKey, context, secret as never),
      ),
    );
  const sealed = members / ((performance.now() - began) / 1_000);
  return { primitives, opened, encapsulated, sealed };
}

/** How often a second, several under way at a time. */
async function rate(milliseconds: number, work: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < WARM; i += 1) await work();
  let done = 0;
  const until = performance.now() + milliseconds;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (; performance.now() < until; done += 1) await work();
    }),
  );
  return done / (milliseconds / 1_000);
}
