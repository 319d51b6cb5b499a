import { encodeStoredMessage } from "@/lib/protocol/frames.ts";
import { createConversationBody } from "@/lib/protocol/http/conversation-bodies.ts";
import { route } from "@/server/http/route.ts";
import { SERVER_LIMITS } from "@/server/limits";

/** The caller's conversations with positions, profile and the newest message, both still sealed; and where one waits. */
export const GET = route({
  access: "signed-in",
  async handle({ services, session, client }) {
    const { conversations, ...rest } = await services.conversations.list(session, client);
    return {
      ...rest,
      conversations: conversations.map(({ newest, profile, mutedUntil, refused, archived, ...row }) => ({
        ...row,
        ...(refused && { refused }),
        ...(archived && { archived }),
        ...(profile && { profile }),
        ...(mutedUntil !== null && { mutedUntil }),
        ...(newest && { newest: encodeStoredMessage(newest) }),
      })),
    };
  },
});

/** The first signed record, with the conversation key sealed to each member. */
export const POST = route({
  access: "signed-in",
  body: createConversationBody,
  bodyBytes: SERVER_LIMITS.recordBodyBytes,
  handle: async ({ services, session, body }) => ({
    conversation: await services.records.create(session, body),
  }),
});
