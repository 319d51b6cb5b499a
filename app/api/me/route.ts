import { route } from "@/server/http/route.ts";

export const GET = route({
  access: "signed-in",
  handle: ({ services, session }) => services.people.me(session),
});
