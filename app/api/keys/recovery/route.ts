import { addRecoveryBody, keepRecoveryBody } from "@/lib/protocol/http/key-bodies.ts";
import { route } from "@/server/http/route.ts";

/** A further recovery key, beside the one before. */
export const POST = route({
  access: "signed-in",
  stepUp: true,
  body: addRecoveryBody,
  handle: ({ services, session, body }) =>
    services.keyReplacement.addRecovery(session, body.certificate, body.box),
});

/** The one of this epoch stays, others end. */
export const PUT = route({
  access: "signed-in",
  stepUp: true,
  body: keepRecoveryBody,
  handle: ({ services, session, body, client }) =>
    services.keyReplacement.keepRecovery(session, body.epoch, client),
});
