import * as z from "zod/mini";
import type { AccountId, ConversationId } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { joinBody } from "@/lib/protocol/http/rooms.ts";
import { route } from "@/server/http/route.ts";

/** Refuses what somebody asked, as it was read. A browser does it by itself where the proof is not right. */
export const DELETE = route({
  access: "signed-in",
  unattended: true,
  params: z.object({ id: id<ConversationId>(), account: id<AccountId>() }),
  body: joinBody,
  handle: ({ services, session, params, body, client }) =>
    services.joining.refuse(session, params.id, { account: params.account, ...body }, client),
});
