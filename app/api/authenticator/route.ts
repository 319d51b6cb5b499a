import { startEnrolmentBody } from "@/lib/protocol/http/credentials.ts";
import { route } from "@/server/http/route.ts";

/** A link and the password in, the secret of a new authenticator out. */
export const POST = route({
  access: "anybody",
  body: startEnrolmentBody,
  handle: ({ services, body, client }) => services.enrolment.start(body, client),
});
