"use client";

import { createOverviewCalls } from "../../admin/overview.ts";
import { createSection } from "./section.tsx";

export const [OverviewProvider, useOverview] = createSection(
  {
    en: () => import("../../../../locales/admin/overview.en.json"),
    fr: () => import("../../../../locales/admin/overview.fr.json"),
  },
  createOverviewCalls,
);
