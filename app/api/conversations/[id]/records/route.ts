import * as z from "zod/mini";
import type { ConversationId } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { appendRecordBody } from "@/lib/protocol/http/conversations.ts";
import { route } from "@/server/http/route.ts";

const params = z.object({ id: id<ConversationId>() });

/** The whole chain of signed records, and the caller's boxes. */
export const GET = route({
  access: "signed-in",
  params,
  handle: ({ services, session, params, client }) =>
    services.conversations.records(session, params.id, client),
});

/** The next record, if nobody else's was faster. */
export const POST = route({
  access: "signed-in",
  unattended: true,
  params,
  body: appendRecordBody,
  handle: ({ services, session, params, body, client }) =>
    services.conversations.append(session, params.id, body.record, body.boxes, client),
});
