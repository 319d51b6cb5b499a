import type { Person } from "../model.ts";
import type { Translate } from "./translate.ts";

/** What a person is called on the screen. */
export function personName(person: Person, t: Translate): string {
  return person.deleted ? t("people.deleted") : person.displayName;
}
