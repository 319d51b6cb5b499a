import * as z from "zod/mini";
import type { ConversationId } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { route } from "@/server/http/route.ts";

/** No, thank you: to taking over a room that lost its owners. */
export const DELETE = route({
  access: "signed-in",
  params: z.object({ id: id<ConversationId>() }),
  handle: ({ services, session, params, client }) => services.roomOffers.decline(session, params.id, client),
});
