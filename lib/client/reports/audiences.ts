import type { AccountId, ConversationId } from "../../base/ids.ts";
import { actingRole } from "../../crypto/members.ts";
import { stewardsAnswer } from "../../protocol/http/reports.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { personOf } from "../model.ts";
import type { Audiences } from "../model-reports.ts";
import type { ReportParts } from "./report-parts.ts";

type Parts = Pick<ReportParts, "api" | "book" | "identities" | "vault">;

/**
 * Who may get a report about somebody: of a room its owners and moderators by the signed records, and those of whom the
 * server says that they run it. Whom it is about, does not get it.
 */
export async function findAudiences(
  { api, book, identities, vault }: Parts,
  conversation: ConversationId,
  about: AccountId,
): Promise<Audiences> {
  const isAnother = (account: AccountId) => account !== vault.account && account !== about;
  const [{ people }, { state }] = await Promise.all([
    api.get("/api/reports/stewards", stewardsAnswer),
    book.require(conversation),
  ]);
  const roles = (["owner", "moderator"] as const).flatMap((role) =>
    [...state.members.keys()].filter((account) => actingRole(state.members, account) === role),
  );
  const moderators = state.type === "direct" ? [] : roles.filter(isAnother).slice(0, LIMITS.reportRecipients);
  await identities.prepare(moderators);
  const named = await Promise.all(moderators.map((account) => identities.person(account)));
  return {
    moderators: named.filter(({ deleted }) => !deleted),
    administrators: people.filter(({ id }) => isAnother(id)).map(personOf),
  };
}
