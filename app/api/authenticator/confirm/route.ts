import { confirmEnrolmentBody } from "@/lib/protocol/http/credentials.ts";
import { route } from "@/server/http/route.ts";

/** Its first right code uses the link up. Nobody is signed in by it. */
export const POST = route({
  access: "anybody",
  body: confirmEnrolmentBody,
  handle: ({ services, body, client }) => services.enrolment.confirm(body, client),
});
