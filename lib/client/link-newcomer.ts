import { type Bytes, equalBytes } from "../base/bytes.ts";
import { type AccountId, type LinkId, newId } from "../base/ids.ts";
import {
  formatLinkCode,
  linkCommitment,
  linkSymbols,
  linkTranscript,
  newLinkNonce,
  openFromLink,
} from "../crypto/device-link.ts";
import { CryptoError } from "../crypto/errors.ts";
import { keyId } from "../crypto/key-id.ts";
import { type LinkSecret, newSecretKey } from "../crypto/keys.ts";
import { type BoxKey, newBoxKey } from "../crypto/sealed-box.ts";
import { AppError } from "../protocol/errors.ts";
import { linkBoxAnswer, linkProgressAnswer, startLinkAnswer } from "../protocol/http/links.ts";
import type { Api } from "./api.ts";
import { becomeDevice } from "./become-device.ts";
import { pollLink } from "./link-poll.ts";
import type { LinkByCode, LinkBySymbols } from "./model-account.ts";
import type { Platform } from "./platform.ts";
import { fetchVault, openVault } from "./vault.ts";

/** This browser is signed in and asks another one of the account for the vault (docs/protocol.md §8). */
export function createNewcomer(api: Api, platform: Platform, account: AccountId) {
  async function start(link: LinkId, deviceKey: Bytes, commitment?: Bytes) {
    const body = { link, deviceKey, ...(commitment && { commitment }) };
    const { secondsLeft } = await api.post("/api/links", body, startLinkAnswer);
    return {
      expiresAt: platform.now() + secondsLeft * 1000,
      cancel: () => api.send("DELETE", `/api/links/${link}`, {}),
    };
  }

  function progress<T>(
    link: LinkId,
    signal: AbortSignal,
    test: (progress: { challenge: Bytes | null; answered: boolean }) => T | null,
  ): Promise<T> {
    return pollLink(
      async () => test(await api.get(`/api/links/${link}/progress`, linkProgressAnswer)),
      signal,
    );
  }

  /**
   * Waits for the answer, opens it and the vault, and makes this browser a device.
   * @param identityKey where symbols were compared: the one in them. No other vault will do
   */
  async function finish(
    link: LinkId,
    deviceKey: BoxKey,
    psk: Bytes,
    identityKey: Bytes | null,
    signal: AbortSignal,
  ): Promise<void> {
    await progress(link, signal, ({ answered }) => answered || null);
    const { box } = await api.post(`/api/links/${link}/collect`, {}, linkBoxAnswer);
    const seen = await platform.storage.seenCounters(account);
    const answer = await fetchVault(api);
    if (identityKey && !equalBytes(identityKey, answer.identityKey))
      throw new AppError("link-mismatch", "another identity than the one compared");
    const place = { account, link, vaultKeyVersion: answer.vaultKeyVersion, psk };
    const vaultKey = await refusedAs("link-mismatch", openFromLink(deviceKey, place, box));
    if (!vaultKey) throw new AppError("link-mismatch", "an answer for another key");
    const vault = await refusedAs(
      "vault-refused",
      openVault(api, platform.storage, account, vaultKey, answer, seen),
    );
    await becomeDevice(api, platform, vault, deviceKey);
  }

  return {
    /** With a secret that goes from screen to camera, or as text from hand to hand. */
    async byCode(): Promise<LinkByCode> {
      const link = newId<LinkId>(platform.now());
      const deviceKey = await newBoxKey();
      const secret = newSecretKey<LinkSecret>();
      const code = formatLinkCode({ link, deviceKeyId: await keyId(deviceKey.publicKey), secret });
      const started = await start(link, deviceKey.publicKey);
      return { ...started, code, finish: (signal) => finish(link, deviceKey, secret, null, signal) };
    },

    /** With seven symbols that the person compares on both screens. */
    async bySymbols(): Promise<LinkBySymbols> {
      const link = newId<LinkId>(platform.now());
      const deviceKey = await newBoxKey();
      const share = { account, link, deviceKey: deviceKey.publicKey, nonce: newLinkNonce() };
      const started = await start(link, deviceKey.publicKey, await linkCommitment(share));
      return {
        ...started,
        async symbols(signal) {
          const challenge = await progress(link, signal, (state) => state.challenge);
          // Told to nobody before the other side has chosen: neither can steer what both will see.
          const { identityKey } = await fetchVault(api);
          await api.send("POST", `/api/links/${link}/reveal`, { nonce: share.nonce });
          const transcript = await linkTranscript(share, challenge, identityKey);
          return {
            symbols: linkSymbols(transcript),
            finish: (waiting) => finish(link, deviceKey, transcript, identityKey, waiting),
          };
        },
      };
    },
  };
}

async function refusedAs<T>(code: "link-mismatch" | "vault-refused", work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CryptoError) throw new AppError(code, error.message);
    throw error;
  }
}
