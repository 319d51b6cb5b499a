import type { Pool } from "mariadb";
import type { Bytes } from "../../lib/base/bytes.ts";
import { type AccountId, idToBytes } from "../../lib/base/ids.ts";
import type { Person } from "./accounts.ts";
import type { PrismaClient } from "./generated/client.ts";
import { column, isDuplicate, toBytes } from "./rows.ts";

export interface Picture {
  contentType: string;
  bytes: Bytes;
}

/** What people show of themselves. */
export function createProfiles(prisma: PrismaClient, pool: Pool) {
  return {
    async set(id: AccountId, profile: Pick<Person, "displayName" | "status">): Promise<void> {
      await prisma.account.update({ where: { id: idToBytes(id) }, data: profile });
    },

    /** @returns false when another account has this address. */
    async setEmail(id: AccountId, email: string | null): Promise<boolean> {
      try {
        await prisma.account.update({ where: { id: idToBytes(id) }, data: { email } });
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },

    /** @param hash names the bytes */
    async setPicture(id: AccountId, hash: Bytes, { contentType, bytes }: Picture): Promise<void> {
      // One statement: Prisma's upsert looks first, and of two at once one fails.
      await pool.query(
        `INSERT INTO account_picture (account_id, hash, content_type, bytes) VALUES (?, ?, ?, ?)
         ON DUPLICATE KEY UPDATE hash = VALUES(hash), content_type = VALUES(content_type), bytes = VALUES(bytes)`,
        [column(id), Buffer.from(hash), contentType, Buffer.from(bytes)],
      );
    },

    async removePicture(id: AccountId): Promise<void> {
      await prisma.accountPicture.deleteMany({ where: { accountId: idToBytes(id) } });
    },

    /** Null when the account's picture is another one by now. */
    async findPicture(id: AccountId, hash: Bytes): Promise<Picture | null> {
      const row = await prisma.accountPicture.findUnique({ where: { accountId: idToBytes(id), hash } });
      return row && { contentType: row.contentType, bytes: toBytes(row.bytes) };
    },
  };
}
