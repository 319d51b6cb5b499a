import { deleteAccountBody } from "@/lib/protocol/http/account.ts";
import { route } from "@/server/http/route.ts";
import { SERVER_LIMITS } from "@/server/limits";

/** Deletes the caller's account, at once and for good. */
export const DELETE = route({
  access: "signed-in",
  stepUp: true,
  body: deleteAccountBody,
  bodyBytes: SERVER_LIMITS.deletionBodyBytes,
  handle: ({ services, session, body, client }) => services.deletion.delete(session, body, client),
});
