import { startSignInBody } from "@/lib/protocol/http/entrance.ts";
import { route } from "@/server/http/route.ts";

/** Step 1 of 2: always a challenge, whether the name exists or the password is right. */
export const POST = route({
  access: "anybody",
  body: startSignInBody,
  handle: ({ services, body, client }) => services.signIn.start(body, client),
});
