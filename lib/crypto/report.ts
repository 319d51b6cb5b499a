import { type Bytes, concat, equalBytes, fromUtf8, u8, u64, utf8 } from "../base/bytes.ts";
import { ByteReader, encodeFields, LayoutError } from "../base/fields.ts";
import { type AccountId, type ConversationId, idToBytes, type ReportId } from "../base/ids.ts";
import { codeTable } from "../protocol/layout/code-table.ts";
import { idField, u8Field, u64Field } from "../protocol/layout/field-readers.ts";
import { label } from "../protocol/layout/label.ts";
import { ED25519_SIGNATURE_BYTES, HASH_BYTES, SALT_BYTES } from "../protocol/layout/sizes.ts";
import { PROTOCOL_VERSION, requireSuite, SUITE } from "../protocol/layout/suite.ts";
import { CryptoError, parseWith } from "./errors.ts";
import { type Evidence, encodeEvidence, parseEvidence } from "./evidence.ts";
import type { ReportKey } from "./keys.ts";
import { type OneUse, openOnce, sealOnce } from "./one-use-key.ts";
import { isPadded, pad } from "./padding.ts";
import { type SigningKey, sign, verifySignature } from "./signature.ts";
import { randomBytes } from "./webcrypto.ts";

export type ReportReason = "spam" | "harassment" | "illegal" | "other";
const REASON = codeTable<ReportReason>({ spam: 1, harassment: 2, illegal: 3, other: 4 });

/** What the server knows of a report too, and what its sealing is bound to. */
export interface ReportPlace {
  readonly report: ReportId;
  readonly conversation: ConversationId;
  readonly reporter: AccountId;
}

/** What somebody says about messages of others, to people who need not be in the conversation. */
export interface ReportBody extends ReportPlace {
  /** Of the reporter's signing certificate. */
  readonly certificateHash: Bytes;
  readonly reason: ReportReason;
  readonly note: string;
  /** The reporter's clock, milliseconds since 1970. */
  readonly time: number;
  /** The reported message first. */
  readonly evidence: readonly Evidence[];
}

export interface Report extends ReportBody {
  /** The bytes under the signature. */
  readonly signed: Bytes;
  readonly signature: Bytes;
}

/** @param key of the certificate that the body names */
export async function signReport(key: SigningKey, body: ReportBody): Promise<Bytes> {
  const signed = encodeFields(
    label("report"),
    u8(PROTOCOL_VERSION),
    u8(SUITE),
    idToBytes(body.report),
    idToBytes(body.conversation),
    idToBytes(body.reporter),
    body.certificateHash,
    u8(REASON.encode(body.reason)),
    utf8(body.note),
    u64(body.time),
    encodeFields(...body.evidence.map(encodeEvidence)),
  );
  return concat(signed, await sign(key, signed));
}

/**
 * What the report itself claims. Its evidence is judged apart, piece by piece (evidence.ts).
 * @param key the reporter's, by the certificate that the report names
 */
export function isSignedBy({ signed, signature }: Report, key: Bytes): Promise<boolean> {
  return verifySignature(key, signed, signature);
}

/** Hides from whoever stores it how long the messages are (docs/protocol.md §5.6). */
export async function sealReport(signed: Bytes, key: ReportKey, place: ReportPlace): Promise<Bytes> {
  const salt = randomBytes(SALT_BYTES);
  return concat(salt, await sealOnce(oneUse(key, salt, place), pad(encodeFields(signed))));
}

/** @throws CryptoError `malformed`, `unsupported-version`, `open-failed`; `wrong-chain` for the report of another place */
export async function openReport(sealed: Uint8Array, key: ReportKey, place: ReportPlace): Promise<Report> {
  const { salt, ciphertext } = parseWith(parseSealed, sealed);
  const padded = await openOnce(oneUse(key, salt, place), ciphertext);
  if (!padded) throw new CryptoError("open-failed", "report");
  const report = parseWith(parseReport, parseWith(parsePadded, padded));
  const isHere = (["report", "conversation", "reporter"] as const).every((one) => report[one] === place[one]);
  if (!isHere) throw new CryptoError("wrong-chain", "another report");
  return report;
}

function parseSealed(bytes: Uint8Array): { salt: Bytes; ciphertext: Bytes } {
  const reader = new ByteReader(bytes);
  return { salt: reader.take(SALT_BYTES), ciphertext: reader.rest() };
}

function parsePadded(padded: Uint8Array): Bytes {
  const reader = new ByteReader(padded);
  const signed = reader.field();
  if (!isPadded(padded, reader.offset)) throw new LayoutError("wrong padding");
  return signed;
}

function parseReport(bytes: Uint8Array): Report {
  const reader = new ByteReader(bytes);
  if (!equalBytes(reader.field(), label("report"))) throw new LayoutError("not a report");
  requireSuite(u8Field(reader), u8Field(reader));
  const body: ReportBody = {
    report: idField<ReportId>(reader),
    conversation: idField<ConversationId>(reader),
    reporter: idField<AccountId>(reader),
    certificateHash: reader.field(HASH_BYTES),
    reason: REASON.decode(u8Field(reader)),
    note: readText(reader.field()),
    time: u64Field(reader),
    evidence: readEvidence(reader.field()),
  };
  const signed = bytes.slice(0, reader.offset) as Bytes;
  const signature = reader.take(ED25519_SIGNATURE_BYTES);
  reader.end();
  return { ...body, signed, signature };
}

function readText(bytes: Bytes): string {
  try {
    return fromUtf8(bytes);
  } catch {
    throw new LayoutError("a note that is no text");
  }
}

function readEvidence(list: Bytes): Evidence[] {
  const reader = new ByteReader(list);
  const evidence: Evidence[] = [];
  while (reader.remaining > 0) evidence.push(parseEvidence(reader.field()));
  if (evidence.length === 0) throw new LayoutError("a report of nothing");
  return evidence;
}

function oneUse(secret: ReportKey, salt: Bytes, { report, conversation, reporter }: ReportPlace): OneUse {
  const context = encodeFields(
    label("report-key"),
    idToBytes(report),
    idToBytes(conversation),
    idToBytes(reporter),
  );
  return { secret, salt, info: context, aad: context };
}
