import fc from "fast-check";
import { concat } from "../../base/bytes.ts";
import { type AccountId, type ConversationId, newId } from "../../base/ids.ts";
import { safetyNumber } from "../fingerprint.ts";
import { isPadded, pad, paddedLength } from "../padding.ts";
import { envelopeHash, extendTranscript, initialTranscript } from "../transcript.ts";
import { randomBytes, sha256 } from "../webcrypto.ts";
import { requireBytes, requireEqual, type Suite } from "./portable.ts";

export const smallPartsSuite: Suite = {
  name: "padding, transcript, safety number",
  cases: {
    "padding costs at most 12 % above the floor and never shrinks": () => {
      const known = { 0: 256, 256: 256, 257: 272, 1000: 1024, 9000: 9216, 59000: 59_392, 59392: 59_392 };
      for (const [length, padded] of Object.entries(known))
        requireEqual(paddedLength(Number(length)), padded);
      fc.assert(
        fc.property(fc.integer({ min: 257, max: 100_000 }), (length) => {
          const padded = paddedLength(length);
          requireEqual(padded >= length && padded <= length * 1.12 && paddedLength(padded) === padded, true);
        }),
      );
    },
    "padding has one form": () => {
      const padded = pad(randomBytes(300));
      requireEqual(isPadded(padded, 300), true);
      const dirty = padded.slice();
      dirty[padded.length - 1] = 1;
      requireEqual(isPadded(dirty, 300), false);
      requireEqual(isPadded(concat(padded, new Uint8Array(16)), 300), false);
    },
    "a transcript tells order, loss and conversation": async () => {
      const conversation = newId<ConversationId>();
      const start = await initialTranscript(conversation);
      const [a, b] = [await envelopeHash(randomBytes(400)), await envelopeHash(randomBytes(400))];
      const forward = await extendTranscript(await extendTranscript(start, a), b);
      const swapped = await extendTranscript(await extendTranscript(start, b), a);
      const dropped = await extendTranscript(start, b);
      const elsewhere = await initialTranscript(newId<ConversationId>());
      requireEqual(new Set([start, forward, swapped, dropped, elsewhere].map(String)).size, 5);
      requireBytes(await extendTranscript(start, a), await sha256(concat(start, a)));
    },
    "both people see one safety number, and another after any change": async () => {
      const one = { account: newId<AccountId>(), identityKey: randomBytes(32) };
      const other = { account: newId<AccountId>(), identityKey: randomBytes(32) };
      const number = await safetyNumber(one, other);
      requireEqual(number.join(" "), (await safetyNumber(other, one)).join(" "));
      requireEqual(/^(\d{5} ){11}\d{5}$/.test(number.join(" ")), true);
      const changed = await safetyNumber(one, { ...other, identityKey: randomBytes(32) });
      requireEqual(number.filter((group) => !changed.includes(group)).length >= 5, true);
    },
  },
};
