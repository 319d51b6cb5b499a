"use client";

import { createPolicyCalls } from "../../admin/policies.ts";
import { createSection } from "./section.tsx";

export const [PoliciesProvider, usePolicies] = createSection(
  {
    en: () => import("../../../../locales/admin/policies.en.json"),
    fr: () => import("../../../../locales/admin/policies.fr.json"),
  },
  createPolicyCalls,
);
