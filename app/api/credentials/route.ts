import { route } from "@/server/http/route.ts";

/** What one's own settings show of how one signs in. */
export const GET = route({
  access: "signed-in",
  handle: ({ services, session }) => services.credentials.status(session),
});
