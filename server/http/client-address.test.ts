import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { createAddressOf } from "./client-address.ts";

const from = (remoteAddress: string | undefined, forwarded?: string | string[]) =>
  ({ socket: { remoteAddress }, headers: { "x-forwarded-for": forwarded } }) as unknown as IncomingMessage;

const PROXIES = ["10.0.0.0/8", "::1/128", "2001:db8:1::/48"];

const addressOf = createAddressOf(PROXIES);

describe("the client's address", () => {
  it.each([
    ["the socket's, whatever it claims", "203.0.113.9", "6.6.6.6", "203.0.113.9"],
    ["the socket's, in one notation", "::ffff:203.0.113.9", undefined, "203.0.113.9"],
    ["the socket's, without the interface", "fe80::1%eth0", undefined, "fe80::1"],
    ["what a trusted proxy adds", "10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["what an IPv4 proxy on an IPv6 socket adds", "::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["the rightmost that no proxy of ours has", "10.0.0.1", "6.6.6.6, 203.0.113.9, 10.1.1.1", "203.0.113.9"],
    ["of IPv6 through a proxy", "::1", "2001:db8:2::5", "2001:db8:2::5"],
    ["the proxy's when it adds nothing", "10.0.0.1", undefined, "10.0.0.1"],
    ["the proxy's when it adds nonsense", "10.0.0.1", "6.6.6.6, unknown", "10.0.0.1"],
    ["the nearest proxy's when all are ours", "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"],
    ["of two headers read as one", "10.0.0.1", ["6.6.6.6", "203.0.113.9"], "203.0.113.9"],
    ["nobody's when the socket is gone", undefined, "6.6.6.6", "0.0.0.0"],
  ])("is %s", (_, remote, forwarded, expected) => {
    expect(addressOf(from(remote, forwarded))).toBe(expected);
  });
});
