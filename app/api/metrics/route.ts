import { route } from "@/server/http/route.ts";

/** Figures for Prometheus; nobody else's page. */
export const GET = route({
  access: "anybody",
  handle: async ({ services, client, bearer }) =>
    new Response(services.metricsPage.read(client, bearer), {
      headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" },
    }),
});
