import { linkParams } from "@/lib/protocol/http/links.ts";
import { route } from "@/server/http/route.ts";

/** What the newcomer waits for. */
export const GET = route({
  access: "signed-in",
  params: linkParams,
  handle: ({ services, session, params }) => services.deviceLinks.progress(session, params.id),
});
