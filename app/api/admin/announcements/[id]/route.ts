import { announcementParams } from "@/lib/protocol/http/admin/announcements.ts";
import { route } from "@/server/http/route.ts";

/** Said no more. */
export const DELETE = route({
  access: "signed-in",
  permission: "change-announcements",
  stepUp: true,
  params: announcementParams,
  handle: ({ services, session, params, client }) =>
    services.admin.announcements.end(session, params.id, client),
});
