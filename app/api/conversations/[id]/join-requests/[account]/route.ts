import * as z from "zod/mini";
import type { AccountId, ConversationId } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { route } from "@/server/http/route.ts";

/** Refuses somebody who asks to be let in. A browser does it by itself where the proof is not right. */
export const DELETE = route({
  access: "signed-in",
  unattended: true,
  params: z.object({ id: id<ConversationId>(), account: id<AccountId>() }),
  handle: ({ services, session, params, client }) =>
    services.joining.refuse(session, params.id, params.account, client),
});
