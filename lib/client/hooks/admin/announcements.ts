"use client";

import { createAnnouncementCalls } from "../../admin/announcements.ts";
import { createSection } from "./section.tsx";

export const [AnnouncementsProvider, useAnnouncementCalls] = createSection(
  {
    en: () => import("../../../../locales/admin/announcements.en.json"),
    fr: () => import("../../../../locales/admin/announcements.fr.json"),
  },
  createAnnouncementCalls,
);
