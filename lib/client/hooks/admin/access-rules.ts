"use client";

import { createAccessRuleCalls } from "../../admin/access-rules.ts";
import { createSection } from "./section.tsx";

export const [AccessRulesProvider, useAccessRuleCalls] = createSection(
  {
    en: () => import("../../../../locales/admin/access-rules.en.json"),
    fr: () => import("../../../../locales/admin/access-rules.fr.json"),
  },
  createAccessRuleCalls,
);
