import { deviceParams, renameDeviceBody } from "@/lib/protocol/http/sessions.ts";
import { route } from "@/server/http/route.ts";

export const PUT = route({
  access: "signed-in",
  params: deviceParams,
  body: renameDeviceBody,
  handle: ({ services, session, params, body, client }) =>
    services.browsers.renameDevice(session, params.id, body.name, client),
});

/** Takes a browser's keys and sessions away. */
export const DELETE = route({
  access: "signed-in",
  stepUp: true,
  params: deviceParams,
  handle: ({ services, session, params, client }) =>
    services.browsers.removeDevice(session, params.id, client),
});
