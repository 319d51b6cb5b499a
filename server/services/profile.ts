import { createHash } from "node:crypto";
import type { Bytes } from "../../lib/base/bytes.ts";
import type { AccountId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { Person } from "../database/accounts.ts";
import type { Database } from "../database/database.ts";
import type { Picture } from "../database/profiles.ts";
import type { Client } from "./client.ts";
import type { Journal } from "./journal.ts";
import type { People } from "./people.ts";
import { pictureType } from "./picture-format.ts";
import type { Publish } from "./publish.ts";
import type { Session } from "./sessions.ts";
import type { Limit, Throttle } from "./throttle.ts";

const HASH_BYTES = 16;
/** Each try tells whether somebody here has an address. */
const EMAILS: Limit = { scope: "email", perWindow: 10, perDay: 30 };

/** What people show of themselves. Whoever shares a conversation with them hears of a change at once. */
export function createProfileService(
  { profiles, conversations }: Pick<Database, "profiles" | "conversations">,
  people: People,
  throttle: Throttle,
  journal: Journal,
  publish: Publish,
) {
  async function announce(account: AccountId): Promise<void> {
    const [{ hasKeys: _, role: __, ...person }, contacts] = await Promise.all([
      people.require(account),
      conversations.contacts(account),
    ]);
    publish({ type: "person", members: [account, ...contacts], person });
  }

  return {
    async change(
      { accountId }: Session,
      profile: Pick<Person, "displayName" | "status">,
      client: Client,
    ): Promise<void> {
      await profiles.set(accountId, profile);
      await journal.record("profile-changed", "ok", client, accountId);
      await announce(accountId);
    },

    /** @param email null for none. @throws AppError "email-taken", "too-many-requests" */
    async setEmail({ accountId }: Session, email: string | null, client: Client): Promise<void> {
      if (email) await throttle.attempt([{ limit: EMAILS, subject: accountId }]);
      if (!(await profiles.setEmail(accountId, email))) throw new AppError("email-taken");
      await journal.record("email-changed", "ok", client, accountId);
    },

    /** @throws AppError "bad-picture" */
    async setPicture({ accountId }: Session, bytes: Bytes, client: Client): Promise<void> {
      const contentType = pictureType(bytes);
      const hash = createHash("sha256").update(bytes).digest().subarray(0, HASH_BYTES);
      await profiles.setPicture(accountId, new Uint8Array(hash), { contentType, bytes });
      await journal.record("profile-changed", "ok", client, accountId, "picture");
      await announce(accountId);
    },

    async removePicture({ accountId }: Session, client: Client): Promise<void> {
      await profiles.removePicture(accountId);
      await journal.record("profile-changed", "ok", client, accountId, "picture removed");
      await announce(accountId);
    },

    /** @throws AppError "not-found" when there is none, or another one by now */
    async picture(account: AccountId, hash: Bytes): Promise<Picture> {
      const picture = await profiles.findPicture(account, hash);
      if (!picture) throw new AppError("not-found", "no such picture");
      return picture;
    },
  };
}
