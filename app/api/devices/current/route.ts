import { useDeviceBody } from "@/lib/protocol/http/key-bodies.ts";
import { route } from "@/server/http/route.ts";

/** Ties the session to the device that this browser already is. */
export const PUT = route({
  access: "signed-in",
  body: useDeviceBody,
  handle: ({ services, session, body }) => services.keys.useDevice(session, body.device),
});
