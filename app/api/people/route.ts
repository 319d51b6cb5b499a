import * as z from "zod/mini";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { route } from "@/server/http/route.ts";

const { min, max } = LIMITS.searchChars;

/** People who can be written to, by the start of their name or of a word of their display name. */
export const GET = route({
  access: "signed-in",
  query: z.object({ q: z.string().check(z.trim(), z.minLength(min), z.maxLength(max)) }),
  handle: async ({ services, session, query }) => ({
    people: await services.people.search(session, query.q),
  }),
});
