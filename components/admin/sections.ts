import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { IconName } from "@/components/ui/icons";
import type { AdminMessages } from "@/lib/client/hooks/translate";
import type { Permission } from "@/lib/protocol/permissions";

export interface AdminSection {
  /** Its fragment. */
  readonly id: string;
  readonly icon: IconName;
  readonly title: keyof AdminMessages & `admin.${string}`;
  /** Without it the section is not there. */
  readonly permission: Permission;
  /** @param detail what of it is open, as the fragment says; null for the section itself */
  readonly Panel: LazyExoticComponent<ComponentType<{ detail: string | null }>>;
}

/** The administration in the order it is shown. Each section is loaded when it is opened. */
export const ADMIN_SECTIONS: readonly AdminSection[] = [
  {
    id: "overview",
    icon: "poll",
    title: "admin.overview",
    permission: "see-overview",
    Panel: lazy(async () => ({ default: (await import("./overview/overview-section")).OverviewSection })),
  },
  {
    id: "people",
    icon: "users",
    title: "admin.people",
    permission: "see-people",
    Panel: lazy(async () => ({ default: (await import("./people/people-section")).PeopleSection })),
  },
  {
    id: "registration",
    icon: "userPlus",
    title: "admin.registration",
    permission: "see-policies",
    Panel: lazy(async () => ({
      default: (await import("./registration/registration-section")).RegistrationSection,
    })),
  },
  {
    id: "rooms",
    icon: "thread",
    title: "admin.rooms",
    permission: "see-rooms",
    Panel: lazy(async () => ({ default: (await import("./rooms/rooms-section")).RoomsSection })),
  },
  {
    id: "moderation",
    icon: "flag",
    title: "admin.moderation",
    permission: "see-moderation",
    Panel: lazy(async () => ({
      default: (await import("./moderation/moderation-section")).ModerationSection,
    })),
  },
  {
    id: "journal",
    icon: "clock",
    title: "admin.journal",
    permission: "see-journal",
    Panel: lazy(async () => ({ default: (await import("./journal/journal-section")).JournalSection })),
  },
  {
    id: "access-rules",
    icon: "lock",
    title: "admin.accessRules",
    permission: "see-access-rules",
    Panel: lazy(async () => ({
      default: (await import("./access-rules/access-rules-section")).AccessRulesSection,
    })),
  },
  {
    id: "policies",
    icon: "settings",
    title: "admin.policies",
    permission: "see-policies",
    Panel: lazy(async () => ({ default: (await import("./policies/policies-section")).PoliciesSection })),
  },
  {
    id: "announcements",
    icon: "bell",
    title: "admin.announcements",
    permission: "see-announcements",
    Panel: lazy(async () => ({
      default: (await import("./announcements/announcements-section")).AnnouncementsSection,
    })),
  },
];
