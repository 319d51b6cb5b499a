import { json } from "@/server/http/route.ts";
import { getServices } from "@/server/http/services.ts";

/** The database is reachable; its migrations were applied before the server began to listen. */
export async function GET(): Promise<Response> {
  const { version, ping } = getServices();
  try {
    await ping();
    return json({ status: "ready", version });
  } catch {
    return json({ status: "unavailable", version }, { status: 503 });
  }
}

export const dynamic = "force-dynamic";
