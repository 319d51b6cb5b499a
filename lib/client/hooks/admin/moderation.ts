"use client";

import { createModerationCalls } from "../../admin/moderation.ts";
import { createSection } from "./section.tsx";

export const [ModerationProvider, useModerationCalls] = createSection(
  {
    en: () => import("../../../../locales/admin/moderation.en.json"),
    fr: () => import("../../../../locales/admin/moderation.fr.json"),
  },
  createModerationCalls,
);
