import ipaddr from "ipaddr.js";
import { AppError } from "../../lib/protocol/errors.ts";

export interface AddressRange {
  /** 16 bytes each, IPv4 within ::ffff:/96: as the journal's `address_key`. */
  readonly first: Uint8Array;
  readonly last: Uint8Array;
}

const BITS = 128;

/** An address, or a range of them in CIDR notation. @throws AppError "bad-request" */
export function parseAddressRange(text: string): AddressRange {
  const [address, bits] = split(text);
  const start = address.toByteArray();
  const mapped = start.length === 4 ? [...Array<number>(10).fill(0), 0xff, 0xff, ...start] : start;
  const kept = bits + (start.length === 4 ? 96 : 0);
  // Of each byte, the bits that are the same in the whole range.
  const masks = mapped.map((_, i) => (0xff << (8 - Math.min(8, Math.max(0, kept - i * 8)))) & 0xff);
  return {
    first: Uint8Array.from(mapped, (byte, i) => byte & (masks[i] ?? 0)),
    last: Uint8Array.from(mapped, (byte, i) => byte | (~(masks[i] ?? 0) & 0xff)),
  };
}

function split(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  try {
    if (text.includes("/")) return ipaddr.parseCIDR(text);
    // Short forms like "10.1" mean something else than they seem to.
    if (!/^[\d.]+$/.test(text) || ipaddr.IPv4.isValidFourPartDecimal(text)) {
      const address = ipaddr.parse(text);
      return [address, address.kind() === "ipv4" ? 32 : BITS];
    }
  } catch {
    // Said below.
  }
  throw new AppError("bad-request", "no address or range");
}
