import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";

/** Carries the one address that the door has settled on to the route handlers; never believed from outside. */
export const CLIENT_ADDRESS_HEADER = "x-forwarded-for";

/** Headers with which a proxy, or somebody posing as one, describes the client. Only the door may write them. */
const FORWARDING_HEADERS = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-forwarded-server",
  "x-real-ip",
  "true-client-ip",
  "cf-connecting-ip",
];

export function stripForwardingHeaders(request: IncomingMessage): void {
  for (const name of FORWARDING_HEADERS) delete request.headers[name];
}

/** Whom a request comes from. */
export type AddressOf = (request: IncomingMessage) => string;

/**
 * The socket's address, unless the peer is a trusted proxy: then X-Forwarded-For from the right to the first
 * address that is not a trusted proxy's. `::ffff:` forms are normalised.
 *
 * @param trustedProxies in CIDR notation, read once: reading one takes as long as answering a request
 */
export function createAddressOf(trustedProxies: readonly string[]): AddressOf {
  const ranges = trustedProxies.map((range) => ipaddr.parseCIDR(range));
  const isTrusted = (address: Address) =>
    ranges.some((range) => address.kind() === range[0].kind() && address.match(range));

  return (request) => {
    let address = parse(request.socket.remoteAddress ?? "") ?? NOBODY;
    const header = request.headers["x-forwarded-for"];
    const chain = (Array.isArray(header) ? header.join(",") : (header ?? "")).split(",");
    while (isTrusted(address)) {
      const previous = parse(chain.pop()?.trim() ?? "");
      if (previous === null) break;
      address = previous;
    }
    return address.toString();
  };
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const NOBODY = ipaddr.parse("0.0.0.0");

function parse(zoned: string): Address | null {
  // A link-local address carries the name of this machine's interface.
  const [address = ""] = zoned.split("%");
  return ipaddr.isValid(address) ? ipaddr.process(address) : null;
}
