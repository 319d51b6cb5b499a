import type { ConversationId } from "../../lib/base/ids.ts";
import type { AccessRule } from "../../lib/protocol/access-rules.ts";
import { matchesEmailPattern } from "../../lib/protocol/email-patterns.ts";
import { type AddressRange, parseAddressRange } from "./address-range.ts";

/** Who asks, as rules see them. */
export interface Asker {
  readonly address: string;
  readonly email: string | null;
}

/** Where somebody is asked at the door; rooms are asked for together. */
export type Door = "server" | "admin";

export interface AccessJudge {
  /** Whether somebody may be in a place. */
  mayEnter(door: Door, asker: Asker): boolean;
  /** Those that any rule is about. */
  readonly rooms: ReadonlySet<ConversationId>;
  /** Those of them that somebody may not be in. */
  refusedRooms(asker: Asker): ReadonlySet<ConversationId>;
}

const NO_ROOMS: ReadonlySet<ConversationId> = new Set();

/**
 * Reads the rules once, so that judging asks for nothing. An address that is none fits no rule about addresses.
 * @throws AppError "bad-request" for what is no address or range
 */
export function judgeBy(rules: readonly AccessRule[]): AccessJudge {
  const compiled = rules.map(({ effect, place, room, by, patterns }) => {
    const ranges = by === "address" ? patterns.split(" ").map(parseAddressRange) : [];
    const fits = ({ email }: Asker, address: Uint8Array | null): boolean => {
      if (by === "everybody") return true;
      if (by === "email") return email !== null && matchesEmailPattern(email, patterns);
      return address !== null && ranges.some((range) => isWithin(address, range));
    };
    return { allows: effect === "allow", place: room ?? place, fits };
  });
  const rooms = new Set(rules.flatMap(({ room }) => room ?? []));

  function mayBeIn(place: Door | ConversationId, asker: Asker, address: Uint8Array | null): boolean {
    const first = compiled.find((rule) => rule.place === place && rule.fits(asker, address));
    return first?.allows ?? true;
  }

  return {
    mayEnter(door, asker) {
      if (compiled.length === 0) return true;
      const address = toKey(asker.address);
      return mayBeIn("server", asker, address) && (door === "server" || mayBeIn(door, asker, address));
    },

    rooms,

    refusedRooms(asker) {
      if (rooms.size === 0) return NO_ROOMS;
      const address = toKey(asker.address);
      return new Set([...rooms].filter((room) => !mayBeIn(room, asker, address)));
    },
  };
}

/** Where there are no rules, and where nobody understands them. */
export const judgeAll = (allows: boolean): AccessJudge => ({
  mayEnter: () => allows,
  rooms: NO_ROOMS,
  refusedRooms: () => NO_ROOMS,
});

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
