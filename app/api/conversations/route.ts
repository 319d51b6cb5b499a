import { encodeStoredMessage } from "@/lib/protocol/frames.ts";
import { createConversationBody } from "@/lib/protocol/http/conversations.ts";
import { route } from "@/server/http/route.ts";

/** The caller's conversations with members, positions and the newest message, still sealed. */
export const GET = route({
  access: "signed-in",
  async handle({ services, session }) {
    const rows = await services.conversations.list(session);
    return {
      conversations: rows.map(({ newest, recordHash: _, keyEpoch: __, ...row }) => ({
        ...row,
        firstSeq: 1,
        memberCount: row.members.length,
        ...(newest && { newest: encodeStoredMessage(newest) }),
      })),
      waiting: [],
    };
  },
});

/** The first signed record, with the conversation key sealed to each member. */
export const POST = route({
  access: "signed-in",
  body: createConversationBody,
  handle: async ({ services, session, body }) => ({
    conversation: await services.conversations.create(session, body.record, body.boxes),
  }),
});
