import * as z from "zod/mini";
import type { ConversationId } from "../../lib/base/ids.ts";
import { id } from "../../lib/protocol/fields.ts";
import { encodePage } from "../../lib/protocol/frames.ts";
import { route } from "./route.ts";

const seq = z.pipe(z.string().check(z.regex(/^\d{1,15}$/)), z.transform(Number));

/** One page of history, binary as the socket sends messages: the one before a seq, or what follows one. */
export const getHistory = route({
  access: "signed-in",
  params: z.object({ id: id<ConversationId>() }),
  query: z.union([z.strictObject({ before: seq }), z.strictObject({ after: seq })]),
  handle: async ({ services, session, params, query, client }) =>
    encodePage(await services.messages.page(session, params.id, query, client)),
});
