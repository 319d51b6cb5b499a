import type { ConversationId } from "../../lib/base/ids.ts";
import { ROOM_GROUPS, ROOM_SORTS, roomParams } from "../../lib/protocol/http/admin/rooms.ts";
import { CLIENT } from "./actor.ts";
import { type Command, type Context, UsageError } from "./command.ts";
import { oneOf, wholeNumber } from "./words.ts";

async function* allRooms({ services, flags, json }: Context): AsyncGenerator<string> {
  const group = oneOf("--group", flags.group ?? "all", ROOM_GROUPS);
  const sort = oneOf("--sort", flags.sort ?? "active", ROOM_SORTS);
  let after: string | undefined;
  do {
    const { rows, next } = await services.admin.rooms.list({ group, sort, after });
    for (const { owners, ownerCount, ...room } of rows) {
      const names = owners.map(({ name }) => name);
      if (json) yield `${JSON.stringify({ ...room, owners: names, ownerCount })}\n`;
      else {
        const { id, kind, members, messages, bytes, activeDay, name, archived } = room;
        const others = ownerCount > names.length ? [`+${ownerCount - names.length}`] : [];
        const whose = [...names, ...others].join(",") || "-";
        yield `${[id, kind, members, messages, bytes, activeDay, whose, name ?? "-", archived ? "archived" : "-"].join("\t")}\n`;
      }
    }
    after = next ?? undefined;
  } while (after !== undefined);
}

/** @throws UsageError */
function idOf(typed: string | undefined): ConversationId {
  const found = roomParams.safeParse({ id: typed });
  if (!found.success) throw new UsageError("ID is what room:list prints");
  return found.data.id;
}

const archiving = (archived: boolean, help: string): Command => ({
  words: ["ID"],
  flags: [],
  help,
  async run({ services, words: [typed] }) {
    await services.admin.rooms.setArchived({ accountId: null }, idOf(typed), archived, CLIENT);
    await services.otherNodes.raiseDoubt();
    return { text: archived ? "It is archived." : "It is open again.", json: { done: true } };
  },
});

export const ROOM_COMMANDS: Readonly<Record<string, Command>> = {
  "room:list": {
    words: [],
    flags: ["group", "sort"],
    help: `a line for every room, or one --group (${ROOM_GROUPS.join(", ")}), the first by --sort (${ROOM_SORTS.join(", ")}) first: id, kind, members, messages, bytes, last day, owners, public name, whether it is archived`,
    run: async (context) => allRooms(context),
  },
  "room:archive": archiving(true, "nothing new comes into a room; everybody keeps reading"),
  "room:reopen": archiving(false, "ends that"),
  "room:hand-over": {
    words: ["ID", "NAME"],
    flags: [],
    help: "asks somebody of the highest role that is left to take over a room without an owner, in place of who was asked before",
    async run({ services, words: [typed, name = ""] }) {
      const id = idOf(typed);
      const person = await services.admin.people.named(name);
      await services.admin.handOver.offer({ accountId: null }, id, person.id, CLIENT);
      await services.otherNodes.raiseDoubt();
      return { text: `It is offered to ${person.name}.`, json: { done: true } };
    },
  },
  "room:withdraw-offer": {
    words: ["ID"],
    flags: [],
    help: "ends that, where it was not answered yet",
    async run({ services, words: [typed] }) {
      await services.admin.handOver.withdraw({ accountId: null }, idOf(typed), CLIENT);
      await services.otherNodes.raiseDoubt();
      return { text: "It is offered to nobody.", json: { done: true } };
    },
  },
  "room:delete": {
    words: ["ID", "MEMBERS"],
    flags: [],
    help: "ends a room for everybody, for good; with how many members it has, because nothing brings it back",
    async run({ services, words: [typed, members = ""] }) {
      const id = idOf(typed);
      const count = wholeNumber("MEMBERS", members, 0, 1_000_000);
      await services.admin.rooms.delete({ accountId: null }, id, count, CLIENT);
      // Sockets tell each other of ends; this process has none.
      await services.otherNodes.raiseDoubt();
      return { text: "It is gone.", json: { done: true } };
    },
  },
};
