import type { RecipientContextParams, SenderContextParams } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";
import { type Bytes, equalBytes } from "../base/bytes.ts";
import { nativeXWingDecapsulate, nativeXWingEncapsulate, nativeXWingPublicKey } from "./webcrypto.ts";

/**
 * X-Wing (draft-connolly-cfrg-xwing-kem, HPKE KEM 0x647a) behind the library's KEM interface, twice: its own
 * code, and the browser's where there is one. Keys are raw 32-byte seeds; `deriveKeyPair` is never used,
 * because drafts differ there.
 */
export class LibraryXWing extends XWing {
  override encap(params: SenderContextParams) {
    refuseSender(params.senderKey);
    return super.encap(params);
  }

  override decap(params: RecipientContextParams) {
    refuseSender(params.senderPublicKey);
    return super.decap(params);
  }
}

export class NativeXWing extends XWing {
  override async generateKeyPairDerand(seed: Uint8Array): Promise<CryptoKeyPair> {
    return {
      privateKey: await this.deserializePrivateKey(seed),
      publicKey: await this.deserializePublicKey(await nativeXWingPublicKey(seed as Bytes)),
    };
  }

  override async encap(params: SenderContextParams) {
    refuseSender(params.senderKey);
    const publicKey = new Uint8Array(await this.serializePublicKey(params.recipientPublicKey));
    const { encapsulation, sharedSecret } = await nativeXWingEncapsulate(publicKey);
    return { enc: encapsulation, sharedSecret };
  }

  override async decap(params: RecipientContextParams) {
    refuseSender(params.senderPublicKey);
    const key = "privateKey" in params.recipientKey ? params.recipientKey.privateKey : params.recipientKey;
    const seed = new Uint8Array(await this.serializePrivateKey(key));
    return nativeXWingDecapsulate(seed, new Uint8Array(params.enc as ArrayBuffer));
  }
}

/** X-Wing has no authenticated mode, but the library accepts a sender's key and then authenticates nothing. */
function refuseSender(key: CryptoKey | CryptoKeyPair | undefined): void {
  if (key !== undefined) throw new TypeError("X-Wing cannot authenticate a sender");
}

let preferred: Promise<XWing> | undefined;

/** The browser's X-Wing where it agrees with the library's, else the library's. Decided once. */
export function preferredXWing(): Promise<XWing> {
  preferred ??= nativeAgrees().then((agrees) => (agrees ? new NativeXWing() : new LibraryXWing()));
  return preferred;
}

async function nativeAgrees(): Promise<boolean> {
  const seed = new Uint8Array(32).fill(7);
  try {
    const native = await nativeXWingPublicKey(seed);
    const library = new LibraryXWing();
    const { privateKey, publicKey } = await library.generateKeyPairDerand(seed);
    if (!equalBytes(native, new Uint8Array(await library.serializePublicKey(publicKey)))) return false;
    const { encapsulation, sharedSecret } = await nativeXWingEncapsulate(native);
    const opened = await library.decap({ recipientKey: privateKey, enc: encapsulation });
    return equalBytes(new Uint8Array(opened), new Uint8Array(sharedSecret));
  } catch {
    return false;
  }
}
