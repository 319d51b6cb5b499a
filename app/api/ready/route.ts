import { json } from "@/server/http/route.ts";
import { getServices } from "@/server/http/services.ts";

/** The database is reachable; its migrations were applied before the server began to listen. */
export async function GET(): Promise<Response> {
  const { version, ping, isLinked } = getServices();
  const linked = isLinked();
  try {
    await ping();
    // Without Redis a node goes on: slower, and nobody is better served elsewhere.
    return json({ status: "ready", version, ...(linked !== null && { redis: linked ? "there" : "away" }) });
  } catch {
    return json({ status: "unavailable", version }, { status: 503 });
  }
}

export const dynamic = "force-dynamic";
