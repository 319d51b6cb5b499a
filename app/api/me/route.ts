import { profileBody } from "@/lib/protocol/http/profile.ts";
import { route } from "@/server/http/route.ts";

export const GET = route({
  access: "signed-in",
  handle: ({ services, session }) => services.people.me(session),
});

/** What others see beside one's name. */
export const PUT = route({
  access: "signed-in",
  body: profileBody,
  handle: ({ services, session, body, client }) => services.profile.change(session, body, client),
});
