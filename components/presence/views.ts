/** Who is there and who is writing; one file to fetch (use-presence.ts). */

export { AvailabilityCards } from "./availability-cards";
export { AvailabilityItems } from "./availability-items";
export { OwnDot } from "./own-dot";
export { PresenceDot } from "./presence-dot";
export { PresenceWord } from "./presence-word";
export { WritingNames } from "./writing-names";
