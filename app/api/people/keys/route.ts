import { manyKeysBody } from "@/lib/protocol/http/keys.ts";
import { route } from "@/server/http/route.ts";

/** The public keys of up to 200 people: for sealing to a room, and for verifying what is written there. */
export const POST = route({
  access: "signed-in",
  unattended: true,
  body: manyKeysBody,
  handle: async ({ services, body }) => ({ people: await services.people.withKeys(body.accounts) }),
});
