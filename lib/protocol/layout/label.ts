import { type Bytes, utf8 } from "../../base/bytes.ts";

/** Every domain-separation label of the protocol, in one list so that no two uses can share one. */
export type LabelPurpose =
  | "box"
  | "box-list"
  | "certificate"
  | "device-wrap"
  | "direct"
  | "draft"
  | "file"
  | "file-hash"
  | "fingerprint"
  | "join-proof"
  | "join-request"
  | "key-commitment"
  | "key-id"
  | "link-commitment"
  | "link-transcript"
  | "members"
  | "message"
  | "message-signature"
  | "record"
  | "recovery"
  | "recovery-check"
  | "recovery-psk"
  | "report"
  | "report-key"
  | "room-profile"
  | "room-profile-key"
  | "search"
  | "search-key"
  | "shown-code"
  | "transcript"
  | "upload"
  | "vault"
  | "vault-conversation-key"
  | "vault-notes"
  | "vault-pins"
  | "vault-search"
  | "vault-settings";

/** ASCII `sceau/1/<purpose>`. */
export function label(purpose: LabelPurpose): Bytes {
  return utf8(`sceau/1/${purpose}`);
}
