import { route } from "@/server/http/route.ts";

/** Ten new codes, told this once; those before are void. */
export const POST = route({
  access: "signed-in",
  stepUp: true,
  handle: ({ services, session, client }) => services.signInCodes.replace(session, client),
});
