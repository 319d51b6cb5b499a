import type { AccountId, ConversationId } from "../../../lib/base/ids.ts";
import type { Visibility } from "../../../lib/protocol/visibility.ts";
import type { Log } from "../../log.ts";
import type { ConversationService } from "../../services/conversations.ts";
import type { Publish, ServerEvent } from "../../services/publish.ts";
import type { Connection } from "../connection.ts";
import { createApart } from "./apart.ts";
import { createAttendance } from "./attendance.ts";
import { createWatchers } from "./watchers.ts";
import { createWriters } from "./writers.ts";

/**
 * Who is there and who is writing. Nothing of it is stored. What sockets here say becomes events on the bus, and
 * events from the bus become frames, so that it does not matter where the other one's socket is.
 */
export function createPresence(deps: {
  readonly conversations: Pick<ConversationService, "find" | "sharedWith">;
  readonly hub: { visibilityOf(account: AccountId): Visibility | null };
  readonly publish: Publish;
  readonly log: Log;
  readonly clock: () => number;
}) {
  const apart = createApart();
  const attendance = createAttendance(deps.publish);
  const watchers = createWatchers({ ...deps, apart });
  const writers = createWriters({ ...deps, apart, visibilityOf: deps.hub.visibilityOf });

  return {
    add(connection: Connection, { availability }: Visibility): void {
      watchers.add(connection);
      attendance.add(connection, availability);
    },

    remove(connection: Connection): void {
      attendance.remove(connection);
      watchers.remove(connection);
      writers.close(connection);
    },

    hide: attendance.hide,
    setActive: attendance.setActive,
    writes: writers.writes,

    /** What a socket looks at, in place of what it looked at before. */
    async watch(
      connection: Connection,
      people: readonly AccountId[],
      conversation: ConversationId | null,
    ): Promise<void> {
      if (!watchers.has(connection)) return;
      if (conversation) writers.open(connection, conversation);
      else writers.close(connection);
      await watchers.watch(connection, people);
    },

    /** For a node that has not heard it: what was published of who is here. */
    published: attendance.published,

    /** It is gone: who was there is not there any more. */
    forgetNode(node: string): void {
      watchers.forgetNode(node);
      for (const account of apart.saidBy(node)) watchers.review(account, apart.set(account, [], node));
    },

    /** @param from the node that published it; null for this one */
    handle(event: ServerEvent, from: string | null = null): void {
      if (event.type === "presence") watchers.heard(event.account, event.presence, from ?? "");
      else if (event.type === "hidden")
        watchers.review(event.account, apart.set(event.account, event.from, from ?? ""));
      else if (event.type === "record") watchers.mayShare(event.members);
      else if (event.type === "typing") writers.heard(event.conversation, event.account);
      else if (event.type === "visibility")
        attendance.setAvailability(event.account, event.visibility.availability);
    },
  };
}

export type Presence = ReturnType<typeof createPresence>;
