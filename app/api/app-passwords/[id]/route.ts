import { appPasswordParams } from "@/lib/protocol/http/app-passwords.ts";
import { route } from "@/server/http/route.ts";

/** Nobody signs in by it any more, and who has is signed out. */
export const DELETE = route({
  access: "signed-in",
  params: appPasswordParams,
  handle: ({ services, session, params, client }) => services.appPasswords.remove(session, params.id, client),
});
