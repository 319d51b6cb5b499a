import * as z from "zod/mini";
import type { ConversationId } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { erasuresBody } from "@/lib/protocol/http/conversation-bodies.ts";
import { route } from "@/server/http/route.ts";

/** The content of deleted messages goes; their places and hashes stay. */
export const POST = route({
  access: "signed-in",
  unattended: true,
  params: z.object({ id: id<ConversationId>() }),
  body: erasuresBody,
  handle: ({ services, session, params, body, client }) =>
    services.erasures.erase(session, params.id, body.messages, client),
});
