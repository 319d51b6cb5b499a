import * as z from "zod/mini";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { route } from "@/server/http/route.ts";

/** The directory: public rooms whose name or topic contains the text, most members first. */
export const GET = route({
  access: "signed-in",
  query: z.strictObject({ q: z.string().check(z.trim(), z.maxLength(LIMITS.searchChars.max)) }),
  handle: async ({ services, session, query }) => ({
    rooms: await services.joining.directory(session, query.q),
  }),
});
