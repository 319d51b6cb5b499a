import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";
import { toHex } from "../../base/encoding.ts";
import { verifySignature } from "../signature.ts";
import { hkdf } from "../webcrypto.ts";
import { referenceKeySchedule } from "./hpke-reference.ts";
import { requireBytes, requireEqual, type Suite } from "./portable.ts";
import { hex, orNull, type Vectors } from "./vectors.ts";

/** The parts inside the library's KEM, to hold them to vectors of their own. */
class OpenXWing extends XWing {
  get mlKem() {
    return this._m;
  }
  get x25519() {
    return this._x25519;
  }
}

export function vectorSuite(vectors: Vectors): Suite {
  return {
    name: "published vectors",
    cases: {
      "RFC 9180: the library opens, base and psk": async () => {
        const kem = new DhkemX25519HkdfSha256();
        const suite = new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Aes256Gcm() });
        for (const vector of vectors["rfc9180-x25519-sha256-aes256gcm"]) {
          const psk =
            vector.psk && vector.psk_id ? { key: hex(vector.psk), id: hex(vector.psk_id) } : undefined;
          const context = await suite.createRecipientContext({
            recipientKey: await kem.deserializePrivateKey(hex(vector.skRm)),
            enc: hex(vector.enc),
            info: hex(vector.info),
            ...(psk && { psk }),
          });
          requireEqual(vector.encryptions.length, 16);
          for (const { aad, ct, pt } of vector.encryptions) {
            requireBytes(new Uint8Array(await context.open(hex(ct), hex(aad))), hex(pt));
          }
        }
      },
      "RFC 9180: the reference key schedule agrees": async () => {
        for (const vector of vectors["rfc9180-x25519-sha256-aes256gcm"]) {
          const { key, nonce } = await referenceKeySchedule(hex(vector.shared_secret), {
            kemId: 0x0020,
            mode: vector.mode,
            info: hex(vector.info),
            psk: hex(vector.psk ?? ""),
            pskId: hex(vector.psk_id ?? ""),
          });
          requireBytes(key, hex(vector.key));
          requireBytes(nonce, hex(vector.base_nonce));
        }
      },
      "X-Wing draft: key, encapsulation, decapsulation": async () => {
        const kem = new XWing();
        for (const { seed, eseed, ss, pk, ct } of vectors["xwing-draft"]) {
          const pair = await kem.generateKeyPairDerand(hex(seed));
          requireBytes(new Uint8Array(await kem.serializePublicKey(pair.publicKey)), hex(pk));
          const made = await kem.encap({ recipientPublicKey: pair.publicKey, ekm: hex(eseed) });
          requireBytes(new Uint8Array(made.enc), hex(ct));
          requireBytes(new Uint8Array(made.sharedSecret), hex(ss));
          requireBytes(
            new Uint8Array(await kem.decap({ recipientKey: pair.privateKey, enc: hex(ct) })),
            hex(ss),
          );
        }
      },
      "Wycheproof Ed25519": async () => {
        for (const { publicKey, tests } of vectors["wycheproof-ed25519"].testGroups) {
          for (const { tcId, msg, sig, result } of tests) {
            const verified = await verifySignature(hex(publicKey.pk), hex(msg), hex(sig));
            requireEqual(`${tcId} ${verified}`, `${tcId} ${result === "valid"}`);
          }
        }
      },
      "Wycheproof HKDF-SHA-256": async () => {
        for (const { ikm, salt, info, size, okm, result, tcId } of allTests(
          vectors["wycheproof-hkdf-sha256"],
        )) {
          const output = await orNull(() => hkdf(hex(ikm), hex(salt), hex(info), size));
          requireEqual(`${tcId} ${output && toHex(output)}`, `${tcId} ${result === "valid" ? okm : null}`);
        }
      },
      "Wycheproof X25519: right secrets, and none of low order": async () => {
        const { x25519 } = new OpenXWing();
        for (const test of allTests(vectors["wycheproof-x25519"])) {
          const shared = await orNull(() => x25519.derive(hex(test.private), hex(test.public)));
          const expected = test.flags.includes("ZeroSharedSecret") ? null : test.shared;
          requireEqual(`${test.tcId} ${shared && toHex(shared)}`, `${test.tcId} ${expected}`);
        }
      },
      "Wycheproof ML-KEM-768": async () => {
        const { mlKem } = new OpenXWing();
        for (const { tcId, seed, ek, c, K, result } of allTests(vectors["wycheproof-mlkem-768"])) {
          const shared = await orNull(async () => {
            const [publicKey, privateKey] = await mlKem.deriveKeyPair(hex(seed));
            if (ek !== undefined && result === "valid") requireBytes(publicKey, hex(ek));
            return mlKem.decap(hex(c), privateKey);
          });
          requireEqual(`${tcId} ${shared && toHex(shared)}`, `${tcId} ${result === "valid" ? K : null}`);
        }
      },
    },
  };
}

function allTests<Test>(file: {
  readonly testGroups: readonly { readonly tests: readonly Test[] }[];
}): Test[] {
  return file.testGroups.flatMap((group) => group.tests);
}
