import { route } from "@/server/http/route.ts";

/** Signs every other browser out. */
export const POST = route({
  access: "signed-in",
  handle: ({ services, session, client }) => services.browsers.endOthers(session, client),
});
