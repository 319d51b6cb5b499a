import { deleteAccountBody } from "@/lib/protocol/http/account.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { route } from "@/server/http/route.ts";

/** Deletes the caller's account, at once and for good. */
export const DELETE = route({
  access: "signed-in",
  stepUp: true,
  body: deleteAccountBody,
  bodyBytes: LIMITS.deletionBodyBytes,
  handle: ({ services, session, body, client }) => services.deletion.delete(session, body, client),
});
