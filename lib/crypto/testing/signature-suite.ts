import { concat } from "../../base/bytes.ts";
import { newSecretKey, type SigningSeed } from "../keys.ts";
import { importSigningKey, sign, verifySignature } from "../signature.ts";
import { randomBytes } from "../webcrypto.ts";
import { newSigningKey } from "./people.ts";
import { requireBytes, requireEqual, type Suite } from "./portable.ts";
import { hex } from "./vectors.ts";

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

/** Every encoding, canonical or not, of the points whose order divides 8. */
const SMALL_ORDER_POINTS = [
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0000000000000000000000000000000000000000000000000000000000000080",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000080",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
].map(hex);

export const signatureSuite: Suite = {
  name: "signature",
  cases: {
    "signing keys cannot be read, and sign": async () => {
      const key = await importSigningKey(newSecretKey<SigningSeed>());
      requireEqual(key.privateKey.extractable, false);
      const data = randomBytes(100);
      const signature = await sign(key, data);
      requireBytes(await sign(key, data), signature);
      requireEqual(await verifySignature(key.publicKey, data, signature), true);
      requireEqual(await verifySignature(key.publicKey, randomBytes(100), signature), false);
      requireEqual(await verifySignature((await newSigningKey()).publicKey, data, signature), false);
    },
    "RFC 8032 §7.1, test 2": async () => {
      const seed = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
      const key = await importSigningKey(seed as SigningSeed);
      requireBytes(key.publicKey, hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
      const expected = hex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da" +
          "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
      );
      requireBytes(await sign(key, Uint8Array.of(0x72)), expected);
    },
    "refuses keys of small order, which verify what nobody signed": async () => {
      for (const point of SMALL_ORDER_POINTS) {
        for (const r of [point, ...SMALL_ORDER_POINTS.slice(2, 3)]) {
          for (let message = 0; message < 8; message++) {
            const forged = concat(r, new Uint8Array(32));
            requireEqual(await verifySignature(point, Uint8Array.of(message), forged), false);
          }
        }
      }
    },
    "refuses the second form of a signature, S + L": async () => {
      const key = await newSigningKey();
      const data = randomBytes(10);
      const signature = await sign(key, data);
      const s = signature.slice(32).reduceRight((value, byte) => value * 256n + BigInt(byte), 0n) + ORDER;
      const second = Uint8Array.from({ length: 32 }, (_, i) => Number((s >> BigInt(8 * i)) & 0xffn));
      requireEqual(await verifySignature(key.publicKey, data, concat(signature.slice(0, 32), second)), false);
    },
    "refuses what is no key or signature": async () => {
      const key = await newSigningKey();
      const data = randomBytes(10);
      const signature = await sign(key, data);
      requireEqual(await verifySignature(key.publicKey.slice(1), data, signature), false);
      requireEqual(await verifySignature(key.publicKey, data, signature.slice(1)), false);
      // y = 2 is on no point of the curve.
      const noPoint = new Uint8Array(32).fill(2, 0, 1);
      requireEqual(await verifySignature(noPoint, data, signature), false);
    },
  },
};
