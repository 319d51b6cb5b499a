"use client";

import { createLatePart } from "./late-part.tsx";

/** What is done with rooms, for the views below the provider. */
export const [RoomsProvider, useRooms] = createLatePart((messenger) => messenger.rooms());
