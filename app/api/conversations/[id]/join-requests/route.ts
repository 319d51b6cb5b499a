import * as z from "zod/mini";
import type { ConversationId } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { route } from "@/server/http/route.ts";

/** Who asks to be let in: a member's browser answers by adding them. */
export const GET = route({
  access: "signed-in",
  params: z.object({ id: id<ConversationId>() }),
  handle: async ({ services, session, params, client }) => ({
    requests: await services.joining.requests(session, params.id, client),
  }),
});
