import { type AccountId, type AnnouncementId, newId } from "../../../lib/base/ids.ts";
import { AppError } from "../../../lib/protocol/errors.ts";
import {
  type AnnouncementForm,
  LONGEST_ANNOUNCEMENT_MS,
} from "../../../lib/protocol/http/admin/announcements.ts";
import type { Database } from "../../database/database.ts";
import type { Announcements } from "../announcements.ts";
import type { Client } from "../client.ts";
import type { Journal } from "../journal.ts";

const LISTED = 100;
/** How long one that is over can still be looked up. */
const KEPT_MS = 90 * 86_400_000;

/** Null for the command line. */
interface Actor {
  readonly accountId: AccountId | null;
}

export interface AdminAnnouncementsDeps {
  database: Pick<Database, "announcements" | "accounts">;
  announcements: Announcements;
  journal: Journal;
  clock: () => number;
}

/** Makes and ends what everybody is told. */
export function createAdminAnnouncements(deps: AdminAnnouncementsDeps) {
  const { database, announcements, journal, clock } = deps;
  const table = database.announcements;

  return {
    async list() {
      const rows = await table.list(LISTED);
      const people = await database.accounts.findPeople(rows.flatMap(({ createdBy }) => createdBy ?? []));
      return {
        announcements: rows.map(({ createdBy, ...row }) => ({
          ...row,
          createdBy: createdBy && (people.get(createdBy) ?? null),
        })),
      };
    },

    /** @throws AppError "bad-request" for one that is over before it begins, or lasts too long */
    async create({ accountId }: Actor, form: AnnouncementForm, client: Client) {
      const now = clock();
      const { level, text, french, endsAt } = form;
      const startsAt = form.startsAt ?? now;
      if (endsAt <= Math.max(startsAt, now) || endsAt - startsAt > LONGEST_ANNOUNCEMENT_MS)
        throw new AppError("bad-request", "over before it begins, or too long");
      const id = newId<AnnouncementId>(now);
      await table.insert({ id, level, text, french, startsAt, endsAt, createdAt: now, createdBy: accountId });
      const period = [startsAt, endsAt].map((at) => new Date(at).toISOString()).join(" to ");
      await journal.record(
        "announcement-made",
        "ok",
        client,
        accountId,
        `${id} ${level}, ${period}: ${text}`,
      );
      await announcements.refresh();
      return { id };
    },

    /** @throws AppError "not-found" when it is over */
    async end({ accountId }: Actor, id: AnnouncementId, client: Client): Promise<void> {
      if (!(await table.end(id, clock()))) throw new AppError("not-found", "no such announcement");
      await journal.record("announcement-ended", "ok", client, accountId, id);
      await announcements.refresh();
    },

    deleteOld: () => table.deleteOld(clock() - KEPT_MS),
  };
}
