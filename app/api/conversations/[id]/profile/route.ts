import * as z from "zod/mini";
import type { ConversationId } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { putProfileBody } from "@/lib/protocol/http/conversations.ts";
import { route } from "@/server/http/route.ts";

/** Other names, topics or pins, if nobody else's were faster. */
export const PUT = route({
  access: "signed-in",
  params: z.object({ id: id<ConversationId>() }),
  body: putProfileBody,
  handle: ({ services, session, params, body, client }) =>
    services.roomProfiles.put(session, params.id, body, client),
});
