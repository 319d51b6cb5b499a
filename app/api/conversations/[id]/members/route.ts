import * as z from "zod/mini";
import type { ConversationId } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { route } from "@/server/http/route.ts";

/** Everybody who is in a conversation, and how far each has received and read it. */
export const GET = route({
  access: "signed-in",
  params: z.object({ id: id<ConversationId>() }),
  async handle({ services, session, params, client }) {
    const members = await services.conversations.members(session, params.id, client);
    return {
      members: members.map(({ mutedUntil, ...member }) => ({
        ...member,
        ...(mutedUntil !== null && { mutedUntil }),
      })),
    };
  },
});
