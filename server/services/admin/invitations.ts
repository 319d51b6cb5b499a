import { type AccountId, newId, type ServerInvitationId } from "../../../lib/base/ids.ts";
import { AppError } from "../../../lib/protocol/errors.ts";
import {
  type ImportAnswer,
  type ImportedPerson,
  type InvitationForm,
  invitationMs,
} from "../../../lib/protocol/http/admin/invitations.ts";
import type { Database } from "../../database/database.ts";
import type { InvitationRow, NewInvitation } from "../../database/invitations.ts";
import { type Client, newToken } from "../client.ts";
import type { Journal } from "../journal.ts";
import type { Session } from "../sessions.ts";

const PAGE = 50;
/** How long one that is over can still be looked up: who came by it, and whose doing it was. */
const KEPT_MS = 90 * 86_400_000;

/** Null for the command line. */
interface Maker {
  readonly accountId: AccountId | null;
}

/** Links by which people make an account. Whoever is invited makes it, and its keys, in their own browser. */
export function createAdminInvitations(
  { invitations, accounts }: Pick<Database, "invitations" | "accounts">,
  journal: Journal,
  clock: () => number,
) {
  const make = (
    one: Pick<NewInvitation, "role" | "note" | "maxUses"> & Partial<NewInvitation>,
    days: number,
  ): { row: NewInvitation; token: string } => {
    const { token, hash: tokenHash } = newToken();
    const id = newId<ServerInvitationId>(clock());
    const expiresAt = clock() + invitationMs(days);
    return { token, row: { name: null, displayName: null, email: null, ...one, id, tokenHash, expiresAt } };
  };

  async function withAuthors(rows: readonly InvitationRow[]) {
    const people = await accounts.findPeople(rows.flatMap(({ createdBy }) => createdBy ?? []));
    return rows.map(({ createdBy, ...row }) => ({
      ...row,
      createdBy: createdBy && (people.get(createdBy) ?? null),
    }));
  }

  return {
    /** Newest first. @param after `next` of the page before */
    async list(after: ServerInvitationId | undefined) {
      const found = await invitations.list(after ?? null, PAGE + 1);
      const rows = await withAuthors(found.slice(0, PAGE));
      return { rows, next: found.length > PAGE ? (rows.at(-1)?.id ?? null) : null };
    },

    /** @throws AppError "not-found" */
    async read(id: ServerInvitationId) {
      const [invitation] = await withAuthors([await require(id)]);
      const uses = await invitations.usedBy(id, PAGE);
      const people = await accounts.findPeople(uses.map(({ account }) => account));
      return {
        invitation,
        people: uses.flatMap(({ account, at }) => {
          const person = people.get(account);
          return person ? [{ person, at }] : [];
        }),
      };
    },

    /** @returns the secret, which is kept nowhere here */
    async create(actor: Maker, form: InvitationForm, client: Client) {
      const { role, uses: maxUses, note, days } = form;
      const { token, row } = make({ role, maxUses, note }, days);
      await invitations.insert([row], actor.accountId, clock());
      await journal.record(
        "invitations-made",
        "ok",
        client,
        actor.accountId,
        `${row.id} ${role}, ${maxUses} uses, ${days} days`,
      );
      return { id: row.id, token };
    },

    /**
     * One for each person, good once. Who has the name or the address already is passed over.
     * @param dryRun makes none
     */
    async import(
      actor: Session,
      { people, days, dryRun }: { people: readonly ImportedPerson[]; days: number; dryRun: boolean },
      client: Client,
    ): Promise<ImportAnswer> {
      const taken = await invitations.taken(
        people.map(({ name }) => name),
        people.flatMap(({ email }) => email?.toLowerCase() ?? []),
      );
      const made: NewInvitation[] = [];
      const lines = people.map(({ role, ...suggested }) => {
        if (taken.names.has(suggested.name)) return { problem: "name-taken" as const, token: null };
        if (suggested.email && taken.emails.has(suggested.email.toLowerCase()))
          return { problem: "email-taken" as const, token: null };
        if (dryRun) return { problem: null, token: null };
        const { token, row } = make({ role, note: "", maxUses: 1, ...suggested }, days);
        made.push(row);
        return { problem: null, token };
      });
      if (made.length > 0) {
        await invitations.insert(made, actor.accountId, clock());
        const ids = `${made[0]?.id} to ${made.at(-1)?.id}`;
        const detail = `${made.length} imported, ${days} days, ${ids}`;
        await journal.record("invitations-made", "ok", client, actor.accountId, detail);
      }
      return { lines };
    },

    /** Whoever has filled in the form by then is refused at its end. @throws AppError "not-found" */
    async revoke(actor: Maker, id: ServerInvitationId, client: Client): Promise<void> {
      await require(id);
      if (await invitations.revoke(id, clock()))
        await journal.record("invitation-revoked", "ok", client, actor.accountId, id);
    },

    deleteOld: () => invitations.deleteOld(clock() - KEPT_MS),
  };

  async function require(id: ServerInvitationId): Promise<InvitationRow> {
    const found = await invitations.find(id);
    if (!found) throw new AppError("not-found", "no such invitation");
    return found;
  }
}
