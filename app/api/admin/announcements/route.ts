import { announcementBody } from "@/lib/protocol/http/admin/announcements.ts";
import { route } from "@/server/http/route.ts";

/** What is said, will be and was. */
export const GET = route({
  access: "signed-in",
  permission: "see-announcements",
  handle: ({ services }) => services.admin.announcements.list(),
});

/** Said to everybody, at once or from its time on. */
export const POST = route({
  access: "signed-in",
  permission: "change-announcements",
  stepUp: true,
  body: announcementBody,
  handle: ({ services, session, body, client }) => services.admin.announcements.create(session, body, client),
});
