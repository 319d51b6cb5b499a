import fc from "fast-check";
import { concat } from "../../base/bytes.ts";
import { fromBase32, toBase32 } from "../base32.ts";
import { type BoxSeed, newSecretKey, type RecoverySecret } from "../keys.ts";
import {
  formatRecoveryCode,
  isRecoveryGroup,
  parseRecoveryCode,
  recoveryCodeGroups,
  recoverySeed,
} from "../recovery.ts";
import { requireBytes, requireEqual, type Suite } from "./portable.ts";

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
