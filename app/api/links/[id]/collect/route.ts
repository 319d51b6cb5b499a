import { linkParams } from "@/lib/protocol/http/links.ts";
import { route } from "@/server/http/route.ts";

/** The newcomer picks the answer up, once. */
export const POST = route({
  access: "signed-in",
  params: linkParams,
  handle: ({ services, session, params }) => services.deviceLinks.collect(session, params.id),
});
