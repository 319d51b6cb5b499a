import type { Conversation, Person } from "../model.ts";
import type { Translate } from "./translate.ts";

/** What a person is called on the screen. */
export function personName(person: Person, t: Translate): string {
  return person.deleted ? t("people.deleted") : person.displayName;
}

/** What a conversation is called on the screen. */
export function conversationName({ peer, room }: Conversation, t: Translate): string {
  return peer ? personName(peer, t) : room?.name || t("room.unnamed");
}
