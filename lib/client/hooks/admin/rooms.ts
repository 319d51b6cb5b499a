"use client";

import { createRoomCalls } from "../../admin/rooms.ts";
import { createSection } from "./section.tsx";

export type { RoomsQuestion } from "../../admin/rooms.ts";

export const [RoomsProvider, useRoomCalls] = createSection(
  {
    en: () => import("../../../../locales/admin/rooms.en.json"),
    fr: () => import("../../../../locales/admin/rooms.fr.json"),
  },
  createRoomCalls,
);
