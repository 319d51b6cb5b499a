import * as z from "zod/mini";
import type { WarningId } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { route } from "@/server/http/route.ts";

/** The caller has read it. */
export const DELETE = route({
  access: "signed-in",
  params: z.object({ id: id<WarningId>() }),
  handle: ({ services, session, params }) => services.reports.readWarning(session, params.id),
});
