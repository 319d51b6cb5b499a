import { route } from "@/server/http/route.ts";

/** A new vault begins beside the old one. */
export const POST = route({
  access: "signed-in",
  unattended: true,
  handle: ({ services, session }) => services.renewals.start(session),
});
