import * as z from "zod/mini";
import type { ConversationId } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { deleteRoomBody } from "@/lib/protocol/http/rooms.ts";
import { route } from "@/server/http/route.ts";

/** The end of a room for everybody, by its owner's last record. */
export const DELETE = route({
  access: "signed-in",
  params: z.object({ id: id<ConversationId>() }),
  body: deleteRoomBody,
  handle: ({ services, session, params, body, client }) =>
    services.records.delete(session, params.id, body.record, client),
});
