import type { AccountId } from "../base/ids.ts";

export interface Person {
  readonly id: AccountId;
  readonly name: string;
  readonly displayName: string;
  /** Free text of their own; empty for none. */
  readonly status: string;
  /** Names the picture's bytes; null without a picture. */
  readonly picture: string | null;
  /** The account is gone, and with it name and picture. */
  readonly deleted?: true | undefined;
}

/** Without whatever else an answer says of them. */
export function personOf({ id, name, displayName, status, picture, deleted }: Person): Person {
  return { id, name, displayName, status, picture, ...(deleted && { deleted }) };
}
