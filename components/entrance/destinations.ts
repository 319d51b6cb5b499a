import type { Entrance } from "@/lib/client/model";

export type Destination = Awaited<ReturnType<Entrance["whereTo"]>>;

export const PATHS: Readonly<Record<Destination, string>> = {
  "sign-in": "/login",
  keys: "/keys",
  recover: "/recover",
  messenger: "/",
};

/** Leaves for the page this browser belongs on now. The step before has succeeded: this never fails it. */
export async function goWhereItBelongs(entrance: Entrance): Promise<void> {
  // Without an answer, the messenger's page asks again and sends on.
  const destination = await entrance.whereTo().catch(() => "messenger" as const);
  location.assign(PATHS[destination]);
}
