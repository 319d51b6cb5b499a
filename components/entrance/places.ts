import type { Entrance } from "@/lib/client/model";

/** The pages between which a browser is sent, and what the messenger, which loads no more of the entrance, needs of them. */

export type Destination = Awaited<ReturnType<Entrance["whereTo"]>>;

export const PATHS: Readonly<Record<Destination, string>> = {
  "sign-in": "/login",
  keys: "/keys",
  recover: "/recover",
  messenger: "/",
};

/** On the page that unlocks: the messenger did not open what the server has. */
export const REFUSED = "#refused";

/** Places within the messenger; never another address. */
export const PLACE =
  /^#(?:c=[\w-]{22}(?:&[a-z]+(?:=[a-z0-9]*)?)*|join=[\w-]{22}\.[\w-]{22}\.[\w-]{43}|settings(?:\/[a-z]+)?)$/;
export const BACK = "#back=";

/** The sign-in page, with where in the messenger to return to. @param place a fragment */
export function signInAndBackTo(place: string): string {
  return PATHS["sign-in"] + (PLACE.test(place) ? BACK + place.slice(1) : "");
}
