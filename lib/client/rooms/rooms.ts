import type { Rooms } from "../model-rooms.ts";
import { createRoom } from "./create-room.ts";
import { createDescribingActions } from "./description.ts";
import { roomDetails } from "./details.ts";
import { createJoiningActions } from "./joining.ts";
import { roomJournal } from "./journal.ts";
import { createMembershipActions } from "./membership.ts";
import { withAppErrors } from "./refusals.ts";
import { createSuccessionActions } from "./succession.ts";
import type { RoomParts } from "./write-profile.ts";

/** Everything a person does with rooms; loaded with the first of it, not with the messenger. */
export function createRooms(parts: RoomParts): Rooms {
  return withAppErrors<Rooms>({
    create: (room, onProgress) => createRoom(parts, room, onProgress),
    details: (room) => roomDetails(parts, room),
    journal: (room) => roomJournal(parts, room),
    ...createJoiningActions(parts),
    ...createMembershipActions(parts),
    ...createDescribingActions(parts),
    ...createSuccessionActions(parts),
  });
}
