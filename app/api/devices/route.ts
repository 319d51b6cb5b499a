import { addDeviceBody } from "@/lib/protocol/http/key-bodies.ts";
import { route } from "@/server/http/route.ts";

/** A further browser that opened the vault becomes a device. */
export const POST = route({
  access: "signed-in",
  body: addDeviceBody,
  handle: ({ services, session, body, client }) => services.keys.addDevice(session, body.device, client),
});

/** The browsers that hold this account's keys. */
export const GET = route({
  access: "signed-in",
  handle: ({ services, session }) => services.browsers.devices(session),
});
