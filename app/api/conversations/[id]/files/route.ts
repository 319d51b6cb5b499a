import * as z from "zod/mini";
import type { ConversationId } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { beginUploadBody } from "@/lib/protocol/http/files.ts";
import { route } from "@/server/http/route.ts";

/** Begins the upload of a sealed file, or says how far it came. */
export const POST = route({
  access: "signed-in",
  params: z.object({ id: id<ConversationId>() }),
  body: beginUploadBody,
  handle: ({ services, session, params, body, client }) =>
    services.files.begin(session, params.id, body, client),
});
