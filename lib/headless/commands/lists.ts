import { someAtATime } from "../../client/some-at-a-time.ts";
import { withClient } from "../account/open-account.ts";
import { listConversations, nameOf } from "../account/targets.ts";
import type { Command } from "../cli/command.ts";
import { handleOf } from "../events/people.ts";
import { usage } from "../failure.ts";

/** How many conversations are looked into at once. */
const AT_ONCE = 4;

export const rooms: Command = {
  name: "rooms",
  summary: "list one's conversations, or the public rooms of the server",
  synopsis: "[--public [TEXT]]",
  args: [0, 1],
  description: [
    "Rooms and conversations of two, newest activity first. With --public the server's public rooms, those whose name or topic contains the text.",
  ],
  options: [{ name: "public", help: "the public rooms that one may join" }],
  examples: ["sceau rooms --json | jq -r 'select(.kind != \"direct\") | .name'"],
  async run(context) {
    const { args, out } = context;
    if (args.length > 0 && !context.is("public")) throw usage("A text to look for goes with --public.");
    await withClient(context, async (client) => {
      if (context.is("public")) {
        const { directory } = await client.messenger.rooms();
        for (const { id, name, topic, memberCount, standing } of await directory(args[0] ?? ""))
          await out.result({ id, name, topic, members: memberCount, standing }, `${id}  ${name}  ${topic}`);
        return;
      }
      const listed = listConversations(client);
      await someAtATime(listed, AT_ONCE, async ({ id }) => {
        await client.unlocked.find(id)?.preview();
        await client.unlocked.find(id)?.count();
      });
      for (const { id } of listed) {
        const one = listConversations(client).find((listed) => listed.id === id);
        if (!one) continue;
        const { kind, peer, room, unread, canSend, alert } = one;
        const name = await nameOf(client, one);
        const facts = { topic: room?.topic ?? "", role: room?.role ?? null, members: room?.memberCount ?? 2 };
        const standing = { refused: room?.refused ?? false, archived: room?.archived ?? false };
        const person = peer && { id: peer.id, name: peer.name, displayName: peer.displayName };
        const called = kind === "direct" ? handleOf(name) : `#${name}`;
        await out.result(
          { id, kind, name, person, ...facts, unread, canSend, ...standing, alert },
          `${id}  ${called}${alert ? `  ${alert}` : ""}`,
        );
      }
    });
  },
};

export const people: Command = {
  name: "people",
  summary: "find people of the server by name",
  synopsis: "<query>",
  args: [1, 1],
  description: ["Those whose sign-in name, displayed name or a word of it begins with the text; at most 20."],
  options: [],
  examples: ["sceau people ali"],
  async run(context) {
    const query = context.args[0] ?? "";
    if (query.trim() === "") throw usage("Whom to look for?");
    await withClient(context, async ({ messenger }) => {
      for (const { id, name, displayName, status } of await messenger.findPeople(query))
        await context.out.result(
          { id, name, displayName, status },
          `@${name}  ${displayName}  ${status}`.trimEnd(),
        );
    });
  },
};
