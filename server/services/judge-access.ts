import type { AccessPlace, AccessRule } from "../../lib/protocol/access-rules.ts";
import { matchesEmailPattern } from "../../lib/protocol/email-patterns.ts";
import { type AddressRange, parseAddressRange } from "./address-range.ts";

/** Who asks, as rules see them. */
export interface Asker {
  readonly address: string;
  readonly email: string | null;
}

/** Whether somebody may be in a place. */
export type JudgeAccess = (place: AccessPlace, asker: Asker) => boolean;

/**
 * Reads the rules once, so that judging asks for nothing. An address that is none fits no rule about addresses.
 * @throws AppError "bad-request" for what is no address or range
 */
export function judgeBy(rules: readonly AccessRule[]): JudgeAccess {
  const compiled = rules.map(({ effect, place, by, patterns }) => {
    const ranges = by === "address" ? patterns.split(" ").map(parseAddressRange) : [];
    const fits = ({ email }: Asker, address: Uint8Array | null): boolean => {
      if (by === "everybody") return true;
      if (by === "email") return email !== null && matchesEmailPattern(email, patterns);
      return address !== null && ranges.some((range) => isWithin(address, range));
    };
    return { allows: effect === "allow", place, fits };
  });

  function mayBeIn(place: AccessPlace, asker: Asker, address: Uint8Array | null): boolean {
    const first = compiled.find((rule) => rule.place === place && rule.fits(asker, address));
    return first?.allows ?? true;
  }

  return (place, asker) => {
    if (compiled.length === 0) return true;
    const address = toKey(asker.address);
    return mayBeIn("server", asker, address) && (place === "server" || mayBeIn(place, asker, address));
  };
}

function toKey(address: string): Uint8Array | null {
  try {
    return parseAddressRange(address).first;
  } catch {
    return null;
  }
}

function isWithin(address: Uint8Array, { first, last }: AddressRange): boolean {
  return Buffer.compare(address, first) >= 0 && Buffer.compare(address, last) <= 0;
}
