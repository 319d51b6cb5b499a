import { toBase64url } from "../../lib/base/encoding.ts";
import { type AccountId, idToBytes } from "../../lib/base/ids.ts";
import type { PrismaClient } from "./generated/client.ts";
import type { AccountModel } from "./generated/models.ts";
import { toBytes, toId, toNumber } from "./rows.ts";

export type Role = "member" | "moderator" | "auditor" | "administrator";

export interface Person {
  id: AccountId;
  name: string;
  displayName: string;
  status: string;
  /** base64url of the picture's hash; null without a picture. */
  picture: string | null;
  /** The account is gone: nothing but its number is left. */
  deleted?: true;
}

/** What signs a person in. Never leaves the services. */
export interface Credentials {
  passwordHash: string;
  pepperVersion: number;
  totpSecret: Uint8Array;
  totpKeyVersion: number;
}

export interface NewAccount extends Pick<Person, "id" | "name" | "displayName">, Credentials {
  role: Role;
  totpLastStep: number;
}

export interface Account extends NewAccount, Person {
  hasKeys: boolean;
  email: string | null;
  restraint: AccountRestraint | null;
  /** The newest second factor was a sign-in code. */
  authenticatorMissed: boolean;
}

/** Why an account is kept out, or muted. `until`: milliseconds since 1970; null until somebody lifts it. */
export interface AccountRestraint {
  kind: "suspended" | "banned" | "muted";
  reason: string;
  until: number | null;
}

/** What is read of an account to show the person. */
const PERSON = {
  id: true,
  name: true,
  displayName: true,
  status: true,
  picture: { select: { hash: true } },
} as const;

/** The column of names is ASCII, and comparing it with anything else is an error. */
export const ASCII = /^[\x20-\x7e]*$/;

export function createAccounts(prisma: PrismaClient) {
  return {
    async findById(id: AccountId): Promise<Account | null> {
      const row = await prisma.account.findUnique({
        where: { id: idToBytes(id) },
        include: { identity: { select: { accountId: true } }, picture: { select: { hash: true } } },
      });
      return (
        row && {
          ...toAccount(row),
          ...toPerson(row),
          hasKeys: row.identity !== null,
          email: row.email,
          restraint: toRestraint(row),
          authenticatorMissed: row.authenticatorMissed,
        }
      );
    },

    /** One query whether the name exists or not: sign-in answers both alike. Nobody has a name that is not ASCII. */
    async findByName(name: string): Promise<NewAccount | null> {
      if (!ASCII.test(name)) return null;
      const row = await prisma.account.findUnique({ where: { name } });
      return row && toAccount(row);
    },

    async isNameTaken(name: string): Promise<boolean> {
      return (await prisma.account.count({ where: { name } })) > 0;
    },

    async isEmailTaken(email: string): Promise<boolean> {
      return (await prisma.account.count({ where: { email } })) > 0;
    },

    /** Uses up a TOTP step. Of any number of parallel calls with one step, exactly one gets true. */
    async consumeTotpStep(id: AccountId, step: number): Promise<boolean> {
      const { count } = await prisma.account.updateMany({
        where: { id: idToBytes(id), totpLastStep: { lt: step } },
        data: { totpLastStep: step, authenticatorMissed: false },
      });
      return count === 1;
    },

    /** @param since milliseconds since 1970 */
    async haveCredentialsChanged(id: AccountId, since: number): Promise<boolean> {
      const changed = { id: idToBytes(id), credentialsChangedAt: { gte: new Date(since) } };
      return (await prisma.account.count({ where: changed })) > 0;
    },

    async missAuthenticator(id: AccountId): Promise<void> {
      await prisma.account.update({ where: { id: idToBytes(id) }, data: { authenticatorMissed: true } });
    },

    /** The same password hashed anew; nothing where another one has taken its place meanwhile. */
    async replacePasswordHash(
      id: AccountId,
      before: string,
      { passwordHash, pepperVersion }: Pick<Credentials, "passwordHash" | "pepperVersion">,
    ): Promise<void> {
      await prisma.account.updateMany({
        where: { id: idToBytes(id), passwordHash: before },
        data: { passwordHash, pepperVersion },
      });
    },

    /** Those of them who have an account. */
    async findPeople(ids: readonly AccountId[]): Promise<Map<AccountId, Person>> {
      const where = { id: { in: ids.map((id) => idToBytes(id)) } };
      const rows = await prisma.account.findMany({ where, select: PERSON });
      return new Map(rows.map((row) => [toId<AccountId>(row.id), toPerson(row)]));
    },

    /**
     * People who can be written to, by the start of their name or of a word of their display name. Who is called exactly so comes
     * first: among many alike they would be cut off, and who types a whole name means that one.
     */
    async search(query: string, except: AccountId, limit: number): Promise<Person[]> {
      const literal = query.replace(/[\\%_]/g, "\\$&");
      const isAscii = ASCII.test(query);
      const findable = { id: { not: idToBytes(except) }, identity: { isNot: null } };
      const [named, rows] = await Promise.all([
        isAscii
          ? prisma.account.findFirst({ where: { ...findable, name: query.toLowerCase() }, select: PERSON })
          : null,
        prisma.account.findMany({
          where: {
            ...findable,
            OR: [
              ...(isAscii ? [{ name: { startsWith: literal } }] : []),
              { displayName: { startsWith: literal } },
              { displayName: { contains: ` ${literal}` } },
            ],
          },
          select: PERSON,
          orderBy: { displayName: "asc" },
          take: limit,
        }),
      ]);
      const others = rows.filter(({ name }) => name !== named?.name);
      return [...(named ? [named] : []), ...others].slice(0, limit).map(toPerson);
    },
  };
}

export type Accounts = ReturnType<typeof createAccounts>;

function toRestraint(row: AccountModel): AccountRestraint | null {
  const { restraint: kind, restraintReason: reason, restrainedUntil } = row;
  return kind && { kind, reason, until: restrainedUntil?.getTime() ?? null };
}

type PersonRow = Pick<AccountModel, "id" | "name" | "displayName" | "status"> & {
  picture: { hash: Uint8Array } | null;
};

function toPerson({ id, name, displayName, status, picture }: PersonRow): Person {
  return { id: toId(id), name, displayName, status, picture: picture && toBase64url(picture.hash) };
}

function toAccount(row: AccountModel): NewAccount {
  return {
    id: toId(row.id),
    name: row.name,
    displayName: row.displayName,
    role: row.role,
    passwordHash: row.passwordHash,
    pepperVersion: row.pepperVersion,
    totpSecret: toBytes(row.totpSecret),
    totpKeyVersion: row.totpKeyVersion,
    totpLastStep: toNumber(row.totpLastStep),
  };
}
