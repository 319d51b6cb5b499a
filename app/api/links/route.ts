import { startLinkBody } from "@/lib/protocol/http/links.ts";
import { route } from "@/server/http/route.ts";

/** The newcomers that wait for symbols to be compared. */
export const GET = route({
  access: "signed-in",
  stepUp: true,
  handle: ({ services, session }) => services.deviceLinks.newcomers(session),
});

/** This browser asks to be linked. */
export const POST = route({
  access: "signed-in",
  body: startLinkBody,
  handle: ({ services, session, body, client }) => services.deviceLinks.start(session, body, client),
});
