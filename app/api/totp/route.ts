import { route } from "@/server/http/route.ts";

/** The secret of a new authenticator; it counts from its first right code on. */
export const POST = route({
  access: "signed-in",
  stepUp: true,
  handle: ({ services, session }) => services.credentials.startTotp(session),
});
