import type { Entrance } from "@/lib/client/model";

type Destination = Awaited<ReturnType<Entrance["whereTo"]>>;

export const PATHS: Readonly<Record<Destination, string>> = {
  "sign-in": "/login",
  keys: "/keys",
  recover: "/recover",
  messenger: "/",
};

/** Leaves for the page this browser belongs on, if that is another one than `here`. */
export async function goWhereItBelongs(entrance: Entrance, here?: Destination): Promise<void> {
  const destination = await entrance.whereTo();
  if (destination !== here) location.assign(PATHS[destination]);
}
