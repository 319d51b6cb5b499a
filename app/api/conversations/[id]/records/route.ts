import * as z from "zod/mini";
import type { ConversationId } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { appendRecordBody } from "@/lib/protocol/http/conversation-bodies.ts";
import { route } from "@/server/http/route.ts";
import { SERVER_LIMITS } from "@/server/limits";

const number = z.pipe(z.string().check(z.regex(/^\d{1,10}$/)), z.transform(Number));
const params = z.object({ id: id<ConversationId>() });

/** The chain of signed records after the one that the caller has, and the caller's boxes of later key epochs than theirs. */
export const GET = route({
  access: "signed-in",
  params,
  query: z.strictObject({ after: z.optional(number), keyEpoch: z.optional(number) }),
  handle: ({ services, session, params, query, client }) =>
    services.conversations.records(session, params.id, query, client),
});

/** The next record, if nobody else's was faster. */
export const POST = route({
  access: "signed-in",
  unattended: true,
  params,
  body: appendRecordBody,
  bodyBytes: SERVER_LIMITS.recordBodyBytes,
  handle: ({ services, session, params, body, client }) =>
    services.records.append(session, params.id, body, client),
});
