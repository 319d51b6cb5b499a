import { openFailuresBody } from "@/lib/protocol/http/telemetry.ts";
import { route } from "@/server/http/route.ts";

/** How often something did not open, by cause; neither who nor what. */
export const POST = route({
  access: "signed-in",
  unattended: true,
  body: openFailuresBody,
  handle: ({ services, body }) => services.telemetry.addOpenFailures(body),
});
