import { equalBytes } from "../../base/bytes.ts";
import { type AccountId, type LinkId, newId } from "../../base/ids.ts";
import {
  formatLinkCode,
  isKeyOfCode,
  LINK_SYMBOLS,
  type LinkPlace,
  linkCommitment,
  linkSymbols,
  linkTranscript,
  newLinkNonce,
  openFromLink,
  parseLinkCode,
  sealToLink,
} from "../device-link.ts";
import { isSafetyCodeOf, safetyCode } from "../fingerprint.ts";
import { keyId } from "../key-id.ts";
import { type LinkSecret, newSecretKey, type VaultKey } from "../keys.ts";
import { newBoxKey, openBox, sealBox } from "../sealed-box.ts";
import { randomBytes } from "../webcrypto.ts";
import {
  requireBytes,
  requireEqual,
  requireEveryChangeRefused,
  requireRefused,
  type Suite,
} from "./portable.ts";

async function newLink() {
  const deviceKey = await newBoxKey();
  const place: LinkPlace = {
    account: newId<AccountId>(),
    link: newId<LinkId>(),
    vaultKeyVersion: 2,
    psk: newSecretKey<LinkSecret>(),
  };
  return { deviceKey, place, vaultKey: newSecretKey<VaultKey>() };
}

export const linkSuite: Suite = {
  name: "linking a device",
  cases: {
    "a code comes back, and nothing else does": async () => {
      const { deviceKey } = await newLink();
      const code = {
        link: newId<LinkId>(),
        deviceKeyId: await keyId(deviceKey.publicKey),
        secret: newSecretKey<LinkSecret>(),
      };
      const text = formatLinkCode(code);
      const read = parseLinkCode(` ${text}\n`);
      requireEqual(read?.link ?? null, code.link);
      requireBytes(read?.secret ?? null, code.secret);
      requireEqual(await isKeyOfCode(deviceKey.publicKey, code), true);
      requireEqual(await isKeyOfCode((await newBoxKey()).publicKey, code), false);
      for (const wrong of ["", "sceau-link:", text.slice(0, -1), `${text}A`, text.replace("link", "safety")])
        requireEqual(parseLinkCode(wrong), null);
    },
    "the vault key opens for the new browser alone": async () => {
      const { deviceKey, place, vaultKey } = await newLink();
      const box = await sealToLink(deviceKey.publicKey, place, vaultKey);
      requireBytes(await openFromLink(deviceKey, place, box), vaultKey);
      requireEqual(await openFromLink(await newBoxKey(), place, box), null);
      await requireEveryChangeRefused(box, (changed) => openFromLink(deviceKey, place, changed), 197);
    },
    "not with another secret, link, account or vault key version": async () => {
      const { deviceKey, place, vaultKey } = await newLink();
      const box = await sealToLink(deviceKey.publicKey, place, vaultKey);
      const elsewhere: readonly LinkPlace[] = [
        { ...place, psk: newSecretKey<LinkSecret>() },
        { ...place, link: newId<LinkId>() },
        { ...place, account: newId<AccountId>() },
        { ...place, vaultKeyVersion: 3 },
      ];
      for (const other of elsewhere) await requireRefused(openFromLink(deviceKey, other, box), "open-failed");
    },
    "a box for a device is none for a link, nor the other way round": async () => {
      const { deviceKey, place, vaultKey } = await newLink();
      const { account } = place;
      const object = randomBytes(16);
      const context = { purpose: "vault-key-to-device", account, object, epoch: 2 } as const;
      const box = await sealBox(deviceKey.publicKey, context, vaultKey);
      await requireRefused(openFromLink(deviceKey, place, box), "open-failed");
      const linked = await sealToLink(deviceKey.publicKey, place, vaultKey);
      await requireRefused(openBox(deviceKey, context, linked), "open-failed");
    },
    "both sides compare the same symbols, and others after any change": async () => {
      const { deviceKey, place } = await newLink();
      const share = { ...place, deviceKey: deviceKey.publicKey, nonce: newLinkNonce() };
      const [challenge, identityKey] = [newLinkNonce(), randomBytes(32)];
      const transcript = await linkTranscript(share, challenge, identityKey);
      const symbols = linkSymbols(transcript);
      requireEqual(symbols.length, LINK_SYMBOLS);
      requireEqual(
        symbols.every((symbol) => Number.isInteger(symbol) && symbol >= 0 && symbol < 64),
        true,
      );
      const others = await Promise.all([
        linkTranscript({ ...share, deviceKey: (await newBoxKey()).publicKey }, challenge, identityKey),
        linkTranscript({ ...share, nonce: newLinkNonce() }, challenge, identityKey),
        linkTranscript({ ...share, link: newId<LinkId>() }, challenge, identityKey),
        linkTranscript({ ...share, account: newId<AccountId>() }, challenge, identityKey),
        linkTranscript(share, newLinkNonce(), identityKey),
        linkTranscript(share, challenge, randomBytes(32)),
      ]);
      requireEqual(
        others.some((other) => equalBytes(other, transcript)),
        false,
      );
    },
    "symbols are six bits each, from the front": () => {
      const bytes = new Uint8Array(32);
      bytes.set([0b000001_00, 0b0010_0000, 0b11_000100, 0b111111_00, 0b0000_0000, 0b10_000000]);
      requireEqual(linkSymbols(bytes).join(), "1,2,3,4,63,0,2");
    },
    "a commitment tells key and nonce": async () => {
      const { deviceKey, place } = await newLink();
      const share = { ...place, deviceKey: deviceKey.publicKey, nonce: newLinkNonce() };
      const commitment = await linkCommitment(share);
      requireBytes(await linkCommitment(share), commitment);
      requireEqual(equalBytes(await linkCommitment({ ...share, nonce: newLinkNonce() }), commitment), false);
    },
    "a safety code matches only between the two it is for": async () => {
      const person = () => ({ account: newId<AccountId>(), identityKey: randomBytes(32) });
      const [alice, bob, eve] = [person(), person(), person()];
      const shownByBob = await safetyCode(bob, alice);
      requireEqual(await isSafetyCodeOf(shownByBob, bob, alice), true);
      requireEqual(await isSafetyCodeOf(await safetyCode(alice, bob), bob, alice), false);
      requireEqual(await isSafetyCodeOf(shownByBob, eve, alice), false);
      requireEqual(await isSafetyCodeOf(shownByBob, { ...bob, identityKey: randomBytes(32) }, alice), false);
      for (const wrong of ["", "https://example.org", "sceau-safety:AQ", shownByBob.slice(0, -1)])
        requireEqual(await isSafetyCodeOf(wrong, bob, alice), null);
    },
  },
};
