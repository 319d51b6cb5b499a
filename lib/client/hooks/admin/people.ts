"use client";

import { createPeopleCalls } from "../../admin/people.ts";
import { createSection } from "./section.tsx";

export type { PeopleQuestion, PersonView } from "../../admin/people.ts";

export const [PeopleProvider, usePeopleCalls] = createSection(
  {
    en: () => import("../../../../locales/admin/people.en.json"),
    fr: () => import("../../../../locales/admin/people.fr.json"),
  },
  createPeopleCalls,
);
