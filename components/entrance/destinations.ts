import type { Entrance } from "@/lib/client/model";
import { BACK, type Destination, PATHS, PLACE } from "./places";

/** The administration, a page of its own, with a place within it. */
const ADMIN_PLACE = /^#admin(?::([a-z-]{1,32}(?:=[\w-]{1,64})?))?$/;

/** The sign-in page, which leads back to the administration. @param place a fragment there */
export function signInAndBackToAdmin(place: string): string {
  const back = `#admin${place.length > 1 ? `:${place.slice(1)}` : ""}`;
  return `${PATHS["sign-in"]}${BACK}${ADMIN_PLACE.test(back) ? back.slice(1) : "admin"}`;
}

/** Another page of the entrance, which leads to the same place. @param from the fragment of the page that is left */
export function keepingPlace(path: string, from: string): string {
  return path + (pathOf("messenger", from) === PATHS.messenger ? "" : from);
}

/** @param from the fragment of the page that is left */
export function pathOf(destination: Destination, from: string): string {
  const place = from.startsWith(BACK) ? `#${from.slice(BACK.length)}` : "";
  const admin = ADMIN_PLACE.exec(place);
  if (admin) {
    // No keys are needed there.
    if (destination === "messenger" || destination === "recover")
      return `/admin${admin[1] ? `#${admin[1]}` : ""}`;
    return PATHS[destination] + (destination === "keys" ? from : "");
  }
  if (!PLACE.test(place)) return PATHS[destination];
  // Unlocking and the first keys stand between the entrance and the place, and lead on to it.
  const rest = { messenger: place, recover: from, keys: from, "sign-in": "" };
  return PATHS[destination] + rest[destination];
}

/** Leaves for the messenger, or for the place in it that one came from. */
export function goToMessenger(): void {
  location.assign(pathOf("messenger", location.hash));
}

/** The step before has succeeded: where this browser belongs now never fails it. */
export async function placeAfter(entrance: Entrance): Promise<Destination> {
  // Without an answer, the messenger's page asks again and sends on.
  return entrance.whereTo().catch(() => "messenger" as const);
}

/** What was shown in place of a page's own content is that page from now on, for a reload and the eye. */
export function becomePage(destination: Destination, title: string): void {
  history.replaceState(null, "", pathOf(destination, location.hash));
  document.title = title;
}
