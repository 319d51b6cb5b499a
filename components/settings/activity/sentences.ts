import type { MessageKey } from "@/lib/client/hooks/translate";
import type { JournalEntry } from "@/lib/client/model-account";

/** What went well, or was tried and failed, in a sentence. */
const DONE: Readonly<Record<string, MessageKey>> = {
  registration: "event.registration",
  "sign-in": "event.sign-in",
  "sign-out": "event.sign-out",
  "session-end": "event.session-end",
  "session-revoked": "event.session-revoked",
  "sessions-revoked": "event.sessions-revoked",
  "step-up": "event.step-up",
  "keys-made": "event.keys-made",
  "keys-renewed": "event.keys-renewed",
  "recovery-code-replaced": "event.recovery-code-replaced",
  "identity-reset": "event.identity-reset",
  "device-added": "event.device-added",
  "link-answered": "event.link-answered",
  "device-renamed": "event.device-renamed",
  "device-removed": "event.device-removed",
  "password-changed": "event.password-changed",
  "authenticator-ended": "event.authenticator-ended",
  "authenticator-replaced": "event.authenticator-replaced",
  "sign-in-codes-made": "event.sign-in-codes-made",
  "sign-in-code-used": "event.sign-in-code-used",
  "app-password-made": "event.app-password-made",
  "app-password-removed": "event.app-password-removed",
  "app-passwords-allowed": "event.app-passwords-allowed",
  "app-passwords-ended": "event.app-passwords-ended",
  "profile-changed": "event.profile-changed",
  "email-changed": "event.email-changed",
  "data-export": "event.data-export",
  "policy-changed": "event.policy-changed",
  "access-rules-changed": "event.access-rules-changed",
  "access-rules-confirmed": "event.access-rules-confirmed",
  "announcement-made": "event.announcement-made",
  "announcement-ended": "event.announcement-ended",
  "account-restrained": "event.account-restrained",
  "account-warned": "event.account-warned",
  "messages-erased": "event.messages-erased",
  "restraint-lifted": "event.restraint-lifted",
  "role-changed": "event.role-changed",
  "invitations-made": "event.invitations-made",
  "invitation-revoked": "event.invitation-revoked",
  "room-deleted": "event.room-deleted",
  "room-archived": "event.room-archived",
  "room-reopened": "event.room-reopened",
  "room-offered": "event.room-offered",
  "room-offer-ended": "event.room-offer-ended",
  "room-taken-over": "event.room-taken-over",
  "journal-export": "event.journal-export",
};
const FAILED: Readonly<Record<string, MessageKey>> = {
  "sign-in": "event.sign-in-failed",
  "step-up": "event.step-up-failed",
  "link-cancelled": "event.link-cancelled",
  "access-denied": "event.access-denied",
  "account-deletion": "event.account-deletion-failed",
};

export function sentenceOf({ event, outcome }: Pick<JournalEntry, "event" | "outcome">): MessageKey {
  const failed = outcome === "failed" || outcome === "throttled";
  // A newer server may know events that this page does not.
  const known = failed ? FAILED : DONE;
  return (Object.hasOwn(known, event) ? known[event] : undefined) ?? "event.other";
}
