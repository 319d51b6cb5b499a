import type { z } from "zod/mini";
import { equalBytes } from "../../base/bytes.ts";
import { type AccountId, idToBytes } from "../../base/ids.ts";
import { certificateHash } from "../../crypto/certificate.ts";
import { CryptoError } from "../../crypto/errors.ts";
import { type Evidence, verifyEvidence } from "../../crypto/evidence.ts";
import { type BoxSeed, type ReportKey, secretKeyFrom } from "../../crypto/keys.ts";
import { isSignedBy, openReport, type Report } from "../../crypto/report.ts";
import { type BoxKey, boxKeyFromSeed, openBox } from "../../crypto/sealed-box.ts";
import { type Content, decodeContent } from "../../protocol/content.ts";
import { AppError } from "../../protocol/errors.ts";
import type { reportsAnswer } from "../../protocol/http/reports.ts";
import { IdentityChangedError } from "../identities.ts";
import { type Person, personOf } from "../model.ts";
import type { Version } from "../model-messages.ts";
import type { OpenedReport, Proof, ReceivedReport, ReportedMessage } from "../model-reports.ts";
import type { ReportParts } from "./report-parts.ts";
import { REPORT_KEY_EPOCH } from "./send-report.ts";

type Answered = z.infer<typeof reportsAnswer>["reports"][number];
type Parts = Pick<ReportParts, "identities" | "vault">;

/** Opens what was reported and judges each message in it by itself: the reader need not be in the conversation. */
export function createReportReader({ identities, vault }: Parts) {
  const transportKeys = new WeakMap<BoxSeed, Promise<BoxKey>>();

  /** Null where the transport key is gone: it opens boxes for 30 days after the next one was published. */
  async function openKey({ id, box }: Answered): Promise<ReportKey | null> {
    const context = {
      purpose: "report-key",
      account: vault.account,
      object: idToBytes(id),
      epoch: REPORT_KEY_EPOCH,
    } as const;
    for (const { seed } of vault.root().transport.toReversed()) {
      const transportKey = transportKeys.get(seed) ?? boxKeyFromSeed(seed);
      transportKeys.set(seed, transportKey);
      const opened = await openBox(await transportKey, context, box);
      if (opened) return secretKeyFrom<ReportKey>(opened);
    }
    return null;
  }

  /** Whether this browser takes the identity key for that person's; whom it has never met, the server introduces. */
  async function isTheirs({ message, certificate, identityKey }: Evidence): Promise<boolean> {
    const { sender } = message.header;
    const pin = await identities.pins.find(sender);
    if (pin?.keys.some(({ key }) => equalBytes(key, identityKey))) return true;
    return (await findKey(sender, await certificateHash(certificate))) !== null;
  }

  async function findKey(account: AccountId, hash: Parameters<typeof identities.findSigningKey>[1]) {
    try {
      return await identities.findSigningKey(account, hash);
    } catch (error) {
      const isUnknown = error instanceof AppError && error.code === "not-found";
      if (isUnknown || error instanceof IdentityChangedError || error instanceof CryptoError) return null;
      throw error;
    }
  }

  async function proofOf(evidence: Evidence, report: Report): Promise<Proof> {
    if (evidence.message.header.conversation !== report.conversation) return "forged";
    try {
      await verifyEvidence(evidence);
    } catch (error) {
      if (error instanceof CryptoError) return "forged";
      throw error;
    }
    return (await isTheirs(evidence)) ? "proven" : "other-identity";
  }

  async function open(answered: Answered): Promise<OpenedReport | null> {
    try {
      const key = await openKey(answered);
      if (!key) return null;
      const { id, conversation, reporter, sealed } = answered;
      const report = await openReport(sealed, key, { report: id, conversation, reporter: reporter.id });
      const reportersKey = await findKey(reporter.id, report.certificateHash);
      const [message, ...around] = await shownOf(report);
      if (!message) return null;
      const signed = reportersKey !== null && (await isSignedBy(report, reportersKey));
      return {
        reason: report.reason,
        note: report.note,
        signed,
        message,
        around: around.toSorted((a, b) => a.seq - b.seq),
      };
    } catch (error) {
      // Broken by whoever made it, or by the server: it says nothing.
      if (error instanceof CryptoError) return null;
      throw error;
    }
  }

  /** Messages, each with the edits that follow it here and are as well signed as it is. */
  async function shownOf(report: Report): Promise<ReportedMessage[]> {
    const judged = await Promise.all(
      report.evidence.map(async (evidence) => ({
        evidence,
        proof: await proofOf(evidence, report),
        content: decodeContent(evidence.message.content),
      })),
    );
    const shown: ReportedMessage[] = [];
    for (const { evidence, proof, content } of judged) {
      if (content?.type === "edit") continue;
      const { header, sentAt } = evidence.message;
      const { message: id, sender } = header;
      const edits = judged.flatMap(({ content: edit, proof: edited, evidence: { message } }) =>
        edit?.type === "edit" && edit.target.id === id && message.header.sender === sender && edited === proof
          ? [{ id: message.header.message, text: edit.text, at: message.sentAt }]
          : [],
      );
      const first = content && textOf(content);
      const words: Version[] = first
        ? [{ text: first, at: sentAt }, ...edits.map(({ text, at }) => ({ text, at }))]
        : [];
      const parts = [id, ...edits.map((edit) => edit.id)];
      shown.push({ id, seq: evidence.seq, sender: await personWith(sender), proof, words, parts });
    }
    return shown;
  }

  async function personWith(account: AccountId): Promise<Person> {
    try {
      return await identities.person(account);
    } catch (error) {
      // Gone, or with keys that nobody can verify.
      const isUnknown = error instanceof AppError && error.code === "not-found";
      if (!isUnknown && !(error instanceof CryptoError)) throw error;
      return { id: account, name: "", displayName: "", status: "", picture: null, deleted: true };
    }
  }

  return async (answered: Answered): Promise<ReceivedReport> => {
    const { id, conversation, reporter, at, decision } = answered;
    const { decidedBy, decidedAt, measure, erased } = answered;
    return {
      id,
      conversation,
      reporter: personOf(reporter),
      at,
      decision: decision
        ? {
            ...{ outcome: decision, by: decidedBy ?? null, at: decidedAt ?? at },
            ...{ measure: measure ?? null, erased },
          }
        : null,
      opened: await open(answered),
    };
  };
}

/** Null for what is no message by itself. */
function textOf(content: Content): string | null {
  if (content.type === "text")
    return [content.text, ...(content.files ?? []).map(({ name }) => `📎 ${name}`)]
      .filter(Boolean)
      .join("\n");
  return content.type === "poll" ? [content.question, ...content.options].join("\n") : null;
}
