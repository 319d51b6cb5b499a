import * as z from "zod/mini";
import type { ConversationId } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { route } from "@/server/http/route.ts";

/** The whole chain of signed records, and the caller's boxes. */
export const GET = route({
  access: "signed-in",
  params: z.object({ id: id<ConversationId>() }),
  handle: ({ services, session, params, client }) =>
    services.conversations.records(session, params.id, client),
});
