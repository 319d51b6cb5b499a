"use client";

import { createInvitationCalls } from "../../admin/invitations.ts";
import { createSection } from "./section.tsx";

export { CSV_MARK, csvLine } from "../../../base/csv.ts";
export { type PersonLine, readPeopleFile } from "../../admin/people-file.ts";

export const [RegistrationProvider, useInvitationCalls] = createSection(
  {
    en: () => import("../../../../locales/admin/registration.en.json"),
    fr: () => import("../../../../locales/admin/registration.fr.json"),
  },
  createInvitationCalls,
);
