import { type AccountId, idToBytes } from "../../lib/base/ids.ts";
import type { PrismaClient } from "./generated/client.ts";

/** What a person lets others see of them. */
export interface VisibilityRow {
  availability: "automatic" | "busy" | "invisible";
  readStates: boolean;
  typing: boolean;
}

export function createVisibilities(prisma: PrismaClient) {
  return {
    find: (id: AccountId): Promise<VisibilityRow | null> =>
      prisma.account.findUnique({
        where: { id: idToBytes(id) },
        select: { availability: true, readStates: true, typing: true },
      }),

    async set(id: AccountId, change: Partial<VisibilityRow>): Promise<void> {
      await prisma.account.update({ where: { id: idToBytes(id) }, data: change });
    },
  };
}
