import type { Pool } from "mariadb";
import { type AccountId, idToBytes } from "../../lib/base/ids.ts";
import { coalesce } from "./coalesce.ts";
import type { PrismaClient } from "./generated/client.ts";
import { column, toId } from "./rows.ts";

/** What a person lets others see of them. */
export interface VisibilityRow {
  availability: "automatic" | "busy" | "invisible";
  readStates: boolean;
  typing: boolean;
}

interface Columns {
  id: Buffer;
  availability: VisibilityRow["availability"];
  read_states: number;
  typing: number;
}

export function createVisibilities(prisma: PrismaClient, pool: Pool) {
  return {
    /** Asked for by everybody who comes back. */
    find: coalesce(async (ids: readonly AccountId[]) => {
      const rows: Columns[] = await pool.query(
        `SELECT id, availability, read_states, typing FROM account WHERE id IN (${ids.map(() => "?").join(", ")})`,
        ids.map(column),
      );
      return new Map(
        rows.map(({ id, availability, read_states, typing }): [AccountId, VisibilityRow] => [
          toId(id),
          { availability, readStates: Boolean(read_states), typing: Boolean(typing) },
        ]),
      );
    }),

    async set(id: AccountId, change: Partial<VisibilityRow>): Promise<void> {
      await prisma.account.update({ where: { id: idToBytes(id) }, data: change });
    },
  };
}
