import { json } from "@/server/http/route.ts";
import { getServices } from "@/server/http/services.ts";

/** The process lives. */
export function GET(): Response {
  return json({ status: "ok", version: getServices().version });
}

export const dynamic = "force-dynamic";
