import { replaceDeviceKeyBody } from "@/lib/protocol/http/key-bodies.ts";
import { route } from "@/server/http/route.ts";

/** This browser's next device key. */
export const PUT = route({
  access: "signed-in",
  unattended: true,
  body: replaceDeviceKeyBody,
  handle: ({ services, session, body }) =>
    services.keyReplacement.replaceDeviceKey(session, body.certificate, body.box),
});
