import * as z from "zod/mini";
import type { Id } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { putVaultEntryBody } from "@/lib/protocol/http/key-bodies.ts";
import { route } from "@/server/http/route.ts";

/** Written only if the counter is the next one. */
export const PUT = route({
  access: "signed-in",
  params: z.object({ id: id<Id>() }),
  body: putVaultEntryBody,
  handle: ({ services, session, params, body }) =>
    services.keys.putVaultEntry(session, { ...params, ...body }),
});
