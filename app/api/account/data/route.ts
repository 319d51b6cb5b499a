import { route } from "@/server/http/route.ts";

/** Everything the server holds about the caller, secrets excepted. */
export const GET = route({
  access: "signed-in",
  stepUp: true,
  handle: ({ services, session, client }) => services.accountData.read(session, client),
});
