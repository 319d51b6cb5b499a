import * as z from "zod/mini";
import type { ConversationId } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { joinBody } from "@/lib/protocol/http/rooms.ts";
import { route } from "@/server/http/route.ts";

const params = z.object({ id: id<ConversationId>() });

/** Asks to be let into a room. Nobody is in before a member's browser has answered. */
export const POST = route({
  access: "signed-in",
  params,
  body: joinBody,
  handle: ({ services, session, params, body, client }) =>
    services.joining.join(session, params.id, body.request, client),
});

/** Asks no longer. */
export const DELETE = route({
  access: "signed-in",
  params,
  handle: ({ services, session, params }) => services.joining.cancel(session, params.id),
});
