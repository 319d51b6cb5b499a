import { visibilityBody } from "@/lib/protocol/http/profile.ts";
import { route } from "@/server/http/route.ts";

/** Whether others see that one is there, when one writes and what one has read. */
export const PUT = route({
  access: "signed-in",
  body: visibilityBody,
  handle: ({ services, session, body }) => services.visibility.change(session, body),
});
