import { vaultQuery } from "@/lib/protocol/http/key-bodies.ts";
import { route } from "@/server/http/route.ts";

/** A page of the caller's encrypted vault with the boxes that open it. */
export const GET = route({
  access: "signed-in",
  query: vaultQuery,
  handle: ({ services, session, query }) => services.keys.vault(session, query.after, query.entries),
});
