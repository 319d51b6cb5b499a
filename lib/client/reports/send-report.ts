import type { Bytes } from "../../base/bytes.ts";
import { type AccountId, idToBytes, newId, type ReportId } from "../../base/ids.ts";
import { newSecretKey, type ReportKey } from "../../crypto/keys.ts";
import { sealReport, signReport } from "../../crypto/report.ts";
import { sealBox } from "../../crypto/sealed-box.ts";
import { AppError } from "../../protocol/errors.ts";
import { IdentityChangedError } from "../identities.ts";
import type { NewReport } from "../model-reports.ts";
import { recordAuthor } from "../own-keys.ts";
import { untilNoConflict } from "../until-no-conflict.ts";
import { findAudiences } from "./audiences.ts";
import { collectEvidence } from "./collect-evidence.ts";
import type { ReportParts } from "./report-parts.ts";

/** Roles and transport keys change meanwhile. */
const TRIES = 3;

/** The number of a box of this purpose: a report has one key. */
export const REPORT_KEY_EPOCH = 1;

/**
 * Signs what is reported and seals it to everybody of the audience.
 * @throws AppError "not-found" where nobody would get it; "identity-changed" where none of them is whom this browser
 * knows; as the API does
 */
export async function sendReport(parts: ReportParts, wanted: NewReport): Promise<void> {
  const { api, book, platform, vault } = parts;
  const { conversation, audience, reason, note } = wanted;
  const evidence = await collectEvidence(parts, wanted);
  const about = evidence[0]?.message.header.sender ?? vault.account;
  const {
    account: reporter,
    certificateHash,
    key: signingKey,
  } = await recordAuthor(vault.account, vault.root());
  const time = platform.now();
  const place = { report: newId<ReportId>(time), conversation, reporter };
  const signed = await signReport(signingKey, { ...place, certificateHash, reason, note, time, evidence });
  const key = newSecretKey<ReportKey>();
  const sealed = await sealReport(signed, key, place);
  const send = async () => {
    const people = (await findAudiences(parts, conversation, about))[audience];
    const boxes = await sealTo(
      parts,
      people.map(({ id }) => id),
      place.report,
      key,
    );
    await api.send("POST", "/api/reports", { id: place.report, conversation, audience, sealed, boxes });
  };
  await untilNoConflict(TRIES, send, () => book.forget(conversation));
}

/** To whomever of these is who this browser knows. */
async function sealTo(
  { identities }: Pick<ReportParts, "identities">,
  accounts: readonly AccountId[],
  report: ReportId,
  key: ReportKey,
): Promise<{ account: AccountId; box: Bytes }[]> {
  const boxes: { account: AccountId; box: Bytes }[] = [];
  let changed: IdentityChangedError | null = null;
  for (const account of accounts) {
    try {
      const { transportKey } = await identities.refresh(account);
      if (!transportKey) continue;
      const context = {
        purpose: "report-key",
        account,
        object: idToBytes(report),
        epoch: REPORT_KEY_EPOCH,
      } as const;
      boxes.push({ account, box: await sealBox(transportKey, context, key) });
    } catch (error) {
      if (!(error instanceof IdentityChangedError)) throw error;
      changed = error;
    }
  }
  if (boxes.length === 0) throw changed ?? new AppError("not-found", "nobody to report to");
  return boxes;
}
