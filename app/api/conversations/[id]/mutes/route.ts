import * as z from "zod/mini";
import type { ConversationId } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { muteBody } from "@/lib/protocol/http/rooms.ts";
import { route } from "@/server/http/route.ts";

/** Keeps a member from writing for a time, or lets them write again. */
export const POST = route({
  access: "signed-in",
  params: z.object({ id: id<ConversationId>() }),
  body: muteBody,
  handle: ({ services, session, params, body, client }) =>
    services.moderation.mute(session, params.id, body, client),
});
