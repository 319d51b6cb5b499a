import { route } from "@/server/http/route.ts";

/** What waits for the caller's decision, and how many of the caller's own reports were decided unseen. */
export const GET = route({
  access: "signed-in",
  handle: ({ services, session, client }) => services.reports.waiting(session, client),
});
