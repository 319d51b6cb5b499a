import * as z from "zod/mini";
import type { ReportId } from "@/lib/base/ids.ts";
import { id } from "@/lib/protocol/fields.ts";
import { actBody } from "@/lib/protocol/http/admin/moderation.ts";
import { route } from "@/server/http/route.ts";

/** Decides about a report and does something about it, by one of those who got it; the first one counts. */
export const POST = route({
  access: "signed-in",
  permission: "moderate",
  stepUp: true,
  params: z.object({ id: id<ReportId>() }),
  body: actBody,
  handle: ({ services, session, params, body, client }) =>
    services.admin.moderation.act(session, params.id, body, client),
});
