import { expect, it } from "vitest";
import type { JournalEvent } from "../../../server/services/journal.ts";
import { sentenceOf } from "./sentences";

/**
 * A record, so that a new event is missing here at compile time. `false` for what is only ever refused. What the server does
 * by itself stands in nobody's own journal.
 */
const EVENTS: Readonly<
  Record<Exclude<JournalEvent, "addresses-erased" | "entries-removed" | "access-rules-reverted">, boolean>
> = {
  registration: true,
  "sign-in": true,
  "sign-out": true,
  "step-up": true,
  "session-end": true,
  "session-revoked": true,
  "sessions-revoked": true,
  "keys-made": true,
  "keys-renewed": true,
  "recovery-code-replaced": true,
  "identity-reset": true,
  "device-added": true,
  "link-answered": true,
  "link-cancelled": false,
  "device-renamed": true,
  "device-removed": true,
  "password-changed": true,
  "authenticator-ended": true,
  "authenticator-replaced": true,
  "sign-in-codes-made": true,
  "sign-in-code-used": true,
  "app-password-made": true,
  "app-password-removed": true,
  "app-passwords-allowed": true,
  "app-passwords-ended": true,
  "profile-changed": true,
  "email-changed": true,
  "access-denied": false,
  "data-export": true,
  "policy-changed": true,
  "access-rules-changed": true,
  "access-rules-confirmed": true,
  "announcement-made": true,
  "announcement-ended": true,
  "account-restrained": true,
  "account-warned": true,
  "messages-erased": true,
  "restraint-lifted": true,
  "role-changed": true,
  "invitations-made": true,
  "invitation-revoked": true,
  "room-deleted": true,
  "room-archived": true,
  "room-reopened": true,
  "room-offered": true,
  "room-offer-ended": true,
  "room-taken-over": true,
  "journal-export": true,
  "account-deletion": false,
};

it.each(Object.entries(EVENTS))("has a sentence for %s", (event, goesWell) => {
  expect(sentenceOf({ event, outcome: goesWell ? "ok" : "failed" })).not.toBe("event.other");
});

it.each(["sign-in", "step-up"])("says it when %s failed, or was not even looked at", (event) => {
  for (const outcome of ["failed", "throttled"] as const)
    expect(sentenceOf({ event, outcome })).toBe(`event.${event}-failed`);
});

it("has a sentence for what it does not know", () => {
  expect(sentenceOf({ event: "__proto__", outcome: "ok" })).toBe("event.other");
});
