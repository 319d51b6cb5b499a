import type { Announcement } from "../../lib/protocol/announcements.ts";
import type { AnnouncementTable } from "../database/announcements.ts";
import type { Publish, ServerEvent } from "./publish.ts";

/** At once, the first of them: more are read by nobody. */
const SHOWN = 20;

/**
 * What everybody is told now. Looked for every few seconds (server/jobs/settings.ts), because announcements begin and end by
 * themselves and the command line makes some; said to the sockets when it changes.
 */
export function createAnnouncements(
  table: Pick<AnnouncementTable, "showing">,
  publish: Publish,
  clock: () => number,
) {
  let current: readonly Announcement[] = [];
  let turn = 0;

  return {
    current: (): readonly Announcement[] => current,

    /** A reading that another one overtook says nothing any more. */
    async refresh(): Promise<void> {
      turn += 1;
      const mine = turn;
      const rows = await table.showing(clock(), SHOWN);
      const announcements = rows.map(({ id, level, text, french }) => ({ id, level, text, french }));
      if (mine !== turn || JSON.stringify(announcements) === JSON.stringify(current)) return;
      publish({ type: "announcements", announcements });
    },

    /** What was published, here or at another node. */
    heard(event: ServerEvent): void {
      if (event.type === "announcements") current = event.announcements;
    },
  };
}

export type Announcements = ReturnType<typeof createAnnouncements>;
