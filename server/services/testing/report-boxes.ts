import { randomBytes } from "node:crypto";
import { concat } from "../../../lib/base/bytes.ts";
import { type BoxPurpose, encodeBoxHeader } from "../../../lib/protocol/layout/box.ts";
import type { Resident } from "./room-world.ts";

/** The key of a report for somebody, which opens nothing: the server cannot tell. */
export function boxFor({ account, transportKeyId }: Resident, purpose: BoxPurpose = "report-key") {
  return {
    account,
    box: concat(encodeBoxHeader(purpose, transportKeyId), new Uint8Array(randomBytes(1120 + 48))),
  };
}
