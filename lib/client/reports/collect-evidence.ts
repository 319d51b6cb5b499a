import { type Bytes, equalBytes } from "../../base/bytes.ts";
import type { AccountId } from "../../base/ids.ts";
import { certificateHash } from "../../crypto/certificate.ts";
import { CryptoError } from "../../crypto/errors.ts";
import { type Evidence, encodeEvidence, verifyEvidence } from "../../crypto/evidence.ts";
import { AppError } from "../../protocol/errors.ts";
import { publicKeysAnswer } from "../../protocol/http/keys.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { LogEntry } from "../conversation/message-log.ts";
import type { NewReport } from "../model-reports.ts";
import type { ReportParts } from "./report-parts.ts";

/** Of the messages around it, how many stand before: what led there says more than what came of it. */
const BEFORE = 3;
/** The newest edits of one message. */
const EDITS = 5;
/** Of all evidence: what is left of a sealed report's room. */
const MOST_BYTES = LIMITS.reportBytes - 32 * 1024;

type Parts = Pick<ReportParts, "api" | "book" | "entries">;

/**
 * What a report shows: the message with its edits, and where wanted a few around it, each as it was last edited. What
 * there is no room for, is left out from the end.
 * @throws AppError "not-found" where the message is not loaded, or was not opened
 */
export async function collectEvidence(
  { api, book, entries }: Parts,
  { conversation, seq, around }: Pick<NewReport, "conversation" | "seq" | "around">,
): Promise<Evidence[]> {
  const loaded = entries(conversation).filter(({ content, replayed }) => content && !replayed);
  const said = loaded.filter(({ content }) => content?.type === "text" || content?.type === "poll");
  const place = said.findIndex(({ stored }) => stored.seq === seq);
  const target = said[place];
  if (!target) throw new AppError("not-found", "not loaded");
  const { findState } = await book.require(conversation);
  const certificates = new Map<AccountId, readonly Certified[]>();

  const editsOf = ({ id, sender }: LogEntry, most: number) =>
    loaded
      .filter((one) => one.content?.type === "edit" && one.content.target.id === id && one.sender === sender)
      .slice(-most);

  async function evidenceOf({ message, stored }: LogEntry): Promise<Evidence> {
    if (!message) throw new AppError("not-found", "not opened");
    const { sender, recordHash } = message.header;
    const listed = findState(recordHash)?.members.get(sender)?.certificateHash;
    const all = certificates.get(sender) ?? (await fetchCertificates(api, sender));
    certificates.set(sender, all);
    const certified = listed && all.find(({ hash }) => equalBytes(hash, listed));
    if (!certified) throw new CryptoError("unknown-signer", `no certificate of ${sender}`);
    const { certificate, identityKey } = certified;
    const evidence = { seq: stored.seq, message, certificate, identityKey };
    // What would not convince this browser convinces no other.
    await verifyEvidence(evidence);
    return evidence;
  }

  const near = around
    ? [...said.slice(Math.max(0, place - BEFORE), place), ...said.slice(place + 1)].slice(
        0,
        LIMITS.reportAround,
      )
    : [];
  const shown = [
    target,
    ...editsOf(target, EDITS),
    ...near.flatMap((entry) => [entry, ...editsOf(entry, 1)]),
  ];
  const evidence: Evidence[] = [];
  let size = 0;
  for (const entry of shown) {
    const one = await evidenceOf(entry);
    size += encodeEvidence(one).length;
    if (size > MOST_BYTES) break;
    evidence.push(one);
  }
  return evidence;
}

interface Certified {
  readonly hash: Bytes;
  readonly certificate: Bytes;
  readonly identityKey: Bytes;
}

/** As the server publishes them, also those of former identities. */
async function fetchCertificates(api: Parts["api"], account: AccountId): Promise<readonly Certified[]> {
  const keys = await api.get(`/api/people/${account}/keys`, publicKeysAnswer);
  const found: Certified[] = [];
  for (const { identityKey, signingCertificates } of [keys, ...keys.former])
    for (const certificate of signingCertificates)
      found.push({ hash: await certificateHash(certificate), certificate, identityKey });
  return found;
}
