import fc from "fast-check";
import { type Bytes, concat, u8, u32 } from "../../base/bytes.ts";
import { encodeFields } from "../../base/fields.ts";
import { type AccountId, idToBytes, newId } from "../../base/ids.ts";
import { BOX_PURPOSE, encodeBoxHeader } from "../../protocol/layout/box.ts";
import { label } from "../../protocol/layout/label.ts";
import { fromBase32, toBase32 } from "../base32.ts";
import { hpkeSeal } from "../hpke.ts";
import { keyId } from "../key-id.ts";
import { type BoxSeed, newSecretKey, type RecoveryPsk, type RecoverySecret, type VaultKey } from "../keys.ts";
import {
  formatRecoveryCode,
  isRecoveryGroup,
  parseRecoveryCode,
  type RecoveryBoxKey,
  recoveryBoxKey,
  recoveryCodeGroups,
  recoveryPsk,
  recoverySeed,
} from "../recovery.ts";
import { openVaultKeyBox, sealVaultKey, type VaultKeyPlace } from "../vault-key-box.ts";
import { preferredXWing } from "../x-wing.ts";
import {
  requireBytes,
  requireEqual,
  requireEveryChangeRefused,
  requireRefused,
  type Suite,
} from "./portable.ts";

async function newRecovery() {
  const key = await recoveryBoxKey(newSecretKey<RecoverySecret>());
  const place = { account: newId<AccountId>(), keyVersion: 2, psk: key.psk };
  return { key, place, vaultKey: newSecretKey<VaultKey>() };
}

/** What whoever knows RK's public half can make: the right box in every byte, but in HPKE's base mode. */
async function sealWithoutPsk(
  { publicKey }: RecoveryBoxKey,
  { account, keyVersion }: VaultKeyPlace,
  key: VaultKey,
): Promise<Bytes> {
  const id = await keyId(publicKey);
  const aad = encodeBoxHeader("vault-key-to-recovery", id);
  const purpose = u8(BOX_PURPOSE.encode("vault-key-to-recovery"));
  const object = idToBytes(account);
  const info = encodeFields(label("box"), u8(1), purpose, object, id, object, u32(keyVersion));
  const sealed = await hpkeSeal(await preferredXWing(), publicKey, { info, aad }, key);
  return concat(aad, sealed.encapsulation, sealed.ciphertext);
}

export const recoverySuite: Suite = {
  name: "recovery code",
  cases: {
    "is read back as people write": async () => {
      const secret = newSecretKey<RecoverySecret>();
      const code = await formatRecoveryCode(secret);
      requireEqual(/^([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}$/.test(code), true);
      const slips = [code, code.toLowerCase(), code.replaceAll("-", " "), ` ${code.replaceAll("-", "")}\n`];
      slips.push(
        code.replaceAll("0", "O").replaceAll("1", "l"),
        code.replaceAll("1", "i").replaceAll("0", "o"),
      );
      for (const written of slips) requireBytes(await parseRecoveryCode(written), secret);
    },
    "refuses a wrong, missing, swapped or foreign character": async () => {
      const code = await formatRecoveryCode(new Uint8Array(32).map((_, i) => i * 7) as RecoverySecret);
      for (let i = 0; i < code.length; i++) {
        if (code[i] === "-") continue;
        const wrong = code[i] === "7" ? "8" : "7";
        requireEqual(await parseRecoveryCode(code.slice(0, i) + wrong + code.slice(i + 1)), null);
      }
      const groups = recoveryCodeGroups(code);
      requireEqual(groups.length, 14);
      const swapped = [groups[1], groups[0], ...groups.slice(2)].join("-");
      for (const bad of [code.slice(1), `${code}0`, swapped, "", "U".repeat(56), code.replace("-", "!")]) {
        requireEqual(await parseRecoveryCode(bad), null);
      }
    },
    "asks groups back": async () => {
      requireEqual(isRecoveryGroup("A10B", " a1o b"), true);
      requireEqual(isRecoveryGroup("A10B", "A10C"), false);
      requireEqual(isRecoveryGroup("A10B", ""), false);
    },
    "always gives the same seed, and another one to another code": async () => {
      const secret = newSecretKey<RecoverySecret>();
      const seed: BoxSeed = await recoverySeed(secret);
      requireBytes(await recoverySeed(secret), seed);
      const other = await recoverySeed(newSecretKey<RecoverySecret>());
      requireEqual(seed.join() === other.join() || seed.join() === secret.join(), false);
    },
    "its pre-shared key is another thing than the seed": async () => {
      const secret = newSecretKey<RecoverySecret>();
      const [seed, psk] = [await recoverySeed(secret), await recoveryPsk(secret)];
      requireBytes(await recoveryPsk(secret), psk);
      requireEqual([seed.join(), secret.join()].includes(psk.join()), false);
    },
    "a vault key that is sealed to it opens with the code": async () => {
      const { key, place, vaultKey } = await newRecovery();
      const box = await sealVaultKey(key.publicKey, place, vaultKey);
      requireBytes(await openVaultKeyBox(key, place, box), vaultKey);
      const other = await newRecovery();
      requireEqual(await openVaultKeyBox(other.key, place, box), null);
      await requireEveryChangeRefused(box, (changed) => openVaultKeyBox(key, place, changed), 197);
    },
    "refuses a box by somebody who knows the public key alone": async () => {
      const { key, place, vaultKey } = await newRecovery();
      const guessed = { ...place, psk: newSecretKey<RecoveryPsk>() };
      const boxes = [
        await sealWithoutPsk(key, place, vaultKey),
        await sealVaultKey(key.publicKey, guessed, vaultKey),
        await sealVaultKey(key.publicKey, { ...place, psk: undefined }, vaultKey),
      ];
      for (const box of boxes) await requireRefused(openVaultKeyBox(key, place, box), "open-failed");
    },
    "refuses a box for another account, version or purpose": async () => {
      const { key, place, vaultKey } = await newRecovery();
      const box = await sealVaultKey(key.publicKey, place, vaultKey);
      const elsewhere: readonly VaultKeyPlace[] = [
        { ...place, account: newId<AccountId>() },
        { ...place, keyVersion: 3 },
        { ...place, psk: undefined },
      ];
      for (const other of elsewhere) await requireRefused(openVaultKeyBox(key, other, box), "open-failed");
    },
    "base32 round-trips": () => {
      const groups = fc.uint8Array({ minLength: 0, maxLength: 8 });
      fc.assert(
        fc.property(groups, (bytes) => {
          const whole = concat(bytes, bytes, bytes, bytes, bytes);
          requireBytes(fromBase32(toBase32(whole)), whole);
        }),
      );
      requireEqual(toBase32(Uint8Array.of(0xf8, 0x3e, 0x0f, 0x83, 0xe0)), "Z0Z0Z0Z0");
    },
  },
};
