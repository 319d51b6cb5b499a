/** Who is there and who is writing; one file to fetch (use-presence.ts). Nothing of menus or dialogs: it comes with the list. */

export { AvailabilityCards } from "./availability-cards";
export { OwnDot } from "./own-dot";
export { PresenceDot } from "./presence-dot";
export { PresenceWord } from "./presence-word";
export { WritingNames } from "./writing-names";
