import { route } from "@/server/http/route.ts";

/** Where this account is signed in. */
export const GET = route({
  access: "signed-in",
  handle: ({ services, session }) => services.browsers.sessions(session),
});
