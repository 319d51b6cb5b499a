import { emailBody } from "@/lib/protocol/http/profile.ts";
import { route } from "@/server/http/route.ts";

export const PUT = route({
  access: "signed-in",
  stepUp: true,
  body: emailBody,
  handle: ({ services, session, body, client }) => services.profile.setEmail(session, body.email, client),
});
