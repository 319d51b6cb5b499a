import { route } from "@/server/http/route.ts";

/** The caller's encrypted vault with the boxes that open it. */
export const GET = route({
  access: "signed-in",
  handle: ({ services, session }) => services.keys.vault(session),
});
