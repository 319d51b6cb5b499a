import { route } from "@/server/http/route.ts";

/** What looks like somebody who is not meant to be here. Asked for by itself. */
export const GET = route({
  access: "signed-in",
  permission: "see-journal",
  unattended: true,
  handle: ({ services }) => services.admin.journal.alerts(),
});
