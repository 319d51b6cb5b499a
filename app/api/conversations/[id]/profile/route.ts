import * as z from "zod/mini";
import type { ConversationId } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { putProfileBody } from "@/lib/protocol/http/conversation-bodies.ts";
import { route } from "@/server/http/route.ts";

const params = z.object({ id: id<ConversationId>() });

/** Name, topic and pins as a member signed them. */
export const GET = route({
  access: "signed-in",
  params,
  handle: ({ services, session, params, client }) => services.roomProfiles.find(session, params.id, client),
});

/** Other names, topics or pins, if nobody else's were faster. */
export const PUT = route({
  access: "signed-in",
  params,
  body: putProfileBody,
  handle: ({ services, session, params, body, client }) =>
    services.roomProfiles.put(session, params.id, body, client),
});
