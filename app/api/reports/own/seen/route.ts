import { route } from "@/server/http/route.ts";

/** The person has been told what became of their reports. */
export const POST = route({
  access: "signed-in",
  handle: ({ services, session }) => services.reports.markSeen(session),
});
