import type { Client } from "./client.ts";
import type { Counted, Limit } from "./throttle.ts";
import type { KnownBrowser } from "./tokens.ts";

/** Attempts in 15 minutes and in a day. Addresses are shared by offices, so they get more than one account does. */
const LIMITS = {
  account: { scope: "sign-in-account", perWindow: 5, perDay: 50 },
  browser: { scope: "sign-in-browser", perWindow: 5, perDay: 50 },
  address: { scope: "sign-in-address", perWindow: 100, perDay: 2_000 },
  everybody: { scope: "sign-in-all", perWindow: 3_000, perDay: 100_000 },
  start: { scope: "sign-in-start", perWindow: 300, perDay: 6_000 },
  registrationAddress: { scope: "registration-address", perWindow: 100, perDay: 2_000 },
  registrationEverybody: { scope: "registration-all", perWindow: 3_000, perDay: 100_000 },
} as const satisfies Record<string, Limit>;

export function accountAttempts(name: string): Counted {
  return { limit: LIMITS.account, subject: name };
}

/** Of a browser that signed in before: strangers who use up an account's attempts do not lock its owner out. */
export function browserAttempts({ id }: KnownBrowser): Counted {
  return { limit: LIMITS.browser, subject: id };
}

export function sharedAttempts({ address }: Client): readonly Counted[] {
  return [
    { limit: LIMITS.address, subject: networkOf(address) },
    { limit: LIMITS.everybody, subject: "" },
  ];
}

/** Step 1 tells nothing, but each costs a bcrypt. An app password has one step alone. */
export function startAttempts({ address }: Client): readonly Counted[] {
  return [{ limit: LIMITS.start, subject: networkOf(address) }];
}

export function registrationAttempts({ address }: Client): readonly Counted[] {
  return [
    { limit: LIMITS.registrationAddress, subject: networkOf(address) },
    { limit: LIMITS.registrationEverybody, subject: "" },
  ];
}

/** An IPv6 subscriber holds a whole /64; an IPv4 address counts alone. */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail = ""] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail.split(":").filter(Boolean);
  const middle = address.includes("::")
    ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0")
    : [];
  return [...left, ...middle, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
