import type { XWing } from "@hpke/hybridkem-x-wing";
import { type Bytes, concat, equalBytes, u8, u32 } from "../base/bytes.ts";
import { encodeFields } from "../base/fields.ts";
import { type AccountId, idToBytes } from "../base/ids.ts";
import { BOX_PURPOSE, type BoxPurpose, encodeBoxHeader, parseBox } from "../protocol/layout/box.ts";
import { label } from "../protocol/layout/label.ts";
import { SUITE } from "../protocol/layout/suite.ts";
import { CryptoError, parseWith } from "./errors.ts";
import { type HpkeContext, hpkeOpen, hpkeSeal } from "./hpke.ts";
import { keyId } from "./key-id.ts";
import { type BoxSeed, newSecretKey } from "./keys.ts";
import { preferredXWing } from "./x-wing.ts";

/** An X-Wing key: 32-byte seed, 1216-byte public key. */
export interface BoxKey {
  readonly seed: BoxSeed;
  readonly publicKey: Bytes;
}

/** Whose reader may have nothing else to tell a box of the server's making by. */
const WITH_PSK: readonly BoxPurpose[] = ["vault-key-to-recovery", "device-link"];

/** What a box is bound to beside the recipient's key: it opens nowhere else. */
export interface BoxContext {
  readonly purpose: BoxPurpose;
  /** The recipient. */
  readonly account: AccountId;
  /** Bytes that name what is inside: the conversation's id for its key, the account's or the link's for its vault key. */
  readonly object: Bytes;
  /** Key epoch or vault key version. */
  readonly epoch: number;
  /** Of a box for a linked browser or for RK, and of no other: what the server does not know. */
  readonly psk?: HpkeContext["psk"];
}

export async function boxKeyFromSeed(seed: BoxSeed): Promise<BoxKey> {
  const kem = await preferredXWing();
  const { publicKey } = await kem.generateKeyPairDerand(seed);
  return { seed, publicKey: new Uint8Array(await kem.serializePublicKey(publicKey)) };
}

export function newBoxKey(): Promise<BoxKey> {
  return boxKeyFromSeed(newSecretKey<BoxSeed>());
}

/**
 * Seals anonymously (docs/protocol.md §3): a box says nothing of who made it. Adds 1171 bytes.
 * @throws CryptoError `malformed` when the key is not an X-Wing public key
 */
export async function sealBox(
  recipientPublicKey: Bytes,
  context: BoxContext,
  plaintext: Bytes,
  kem?: XWing,
): Promise<Bytes> {
  const recipientKeyId = await keyId(recipientPublicKey);
  const header = encodeBoxHeader(context.purpose, recipientKeyId);
  const sealed = await hpkeSeal(
    kem ?? (await preferredXWing()),
    recipientPublicKey,
    hpkeContext(context, recipientKeyId, header),
    plaintext,
  );
  return concat(header, sealed.encapsulation, sealed.ciphertext);
}

/**
 * @returns null when the box is for another key.
 * @throws CryptoError `malformed`, `unsupported-version`, `open-failed` when it is for this key but broken
 */
export async function openBox(
  key: BoxKey,
  context: BoxContext,
  box: Uint8Array,
  kem?: XWing,
): Promise<Bytes | null> {
  const { purpose, recipientKeyId, encapsulation, ciphertext, header } = parseWith(parseBox, box);
  if (!equalBytes(recipientKeyId, await keyId(key.publicKey))) return null;
  if (purpose !== context.purpose) throw new CryptoError("open-failed", `box for ${purpose}`);
  return hpkeOpen(
    kem ?? (await preferredXWing()),
    key.seed,
    hpkeContext(context, recipientKeyId, header),
    encapsulation,
    ciphertext,
  );
}

function hpkeContext(context: BoxContext, recipientKeyId: Bytes, header: Bytes): HpkeContext {
  const info = encodeFields(
    label("box"),
    u8(SUITE),
    u8(BOX_PURPOSE.encode(context.purpose)),
    idToBytes(context.account),
    recipientKeyId,
    context.object,
    u32(context.epoch),
  );
  if (WITH_PSK.includes(context.purpose) !== (context.psk !== undefined))
    throw new TypeError(`a box for ${context.purpose} with the other mode of HPKE`);
  return { info, aad: header, ...(context.psk && { psk: context.psk }) };
}
