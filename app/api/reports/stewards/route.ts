import { route } from "@/server/http/route.ts";

/** Those who run this server: reports can go to them. */
export const GET = route({
  access: "signed-in",
  handle: async ({ services }) => ({ people: await services.reports.stewards() }),
});
