"use client";

import { createInvitationCalls } from "../../admin/invitations.ts";
import { createSection } from "./section.tsx";

export { toCsv } from "../../admin/csv.ts";
export { type PersonLine, readPeopleFile } from "../../admin/people-file.ts";

export const [RegistrationProvider, useInvitationCalls] = createSection(
  {
    en: () => import("../../../../locales/admin/registration.en.json"),
    fr: () => import("../../../../locales/admin/registration.fr.json"),
  },
  createInvitationCalls,
);
