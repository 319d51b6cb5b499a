import type { ComponentType, LazyExoticComponent } from "react";
import type { IconName } from "@/components/ui/icons";
import { lateView } from "@/components/ui/late-view";
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
    Panel: lateView(async () => (await import("./overview/overview-section")).OverviewSection),
  },
  {
    id: "people",
    icon: "users",
    title: "admin.people",
    permission: "see-people",
    Panel: lateView(async () => (await import("./people/people-section")).PeopleSection),
  },
  {
    id: "registration",
    icon: "userPlus",
    title: "admin.registration",
    permission: "see-policies",
    Panel: lateView(async () => (await import("./registration/registration-section")).RegistrationSection),
  },
  {
    id: "rooms",
    icon: "thread",
    title: "admin.rooms",
    permission: "see-rooms",
    Panel: lateView(async () => (await import("./rooms/rooms-section")).RoomsSection),
  },
  {
    id: "moderation",
    icon: "flag",
    title: "admin.moderation",
    permission: "see-moderation",
    Panel: lateView(async () => (await import("./moderation/moderation-section")).ModerationSection),
  },
  {
    id: "journal",
    icon: "clock",
    title: "admin.journal",
    permission: "see-journal",
    Panel: lateView(async () => (await import("./journal/journal-section")).JournalSection),
  },
  {
    id: "access-rules",
    icon: "lock",
    title: "admin.accessRules",
    permission: "see-access-rules",
    Panel: lateView(async () => (await import("./access-rules/access-rules-section")).AccessRulesSection),
  },
  {
    id: "policies",
    icon: "settings",
    title: "admin.policies",
    permission: "see-policies",
    Panel: lateView(async () => (await import("./policies/policies-section")).PoliciesSection),
  },
  {
    id: "announcements",
    icon: "bell",
    title: "admin.announcements",
    permission: "see-announcements",
    Panel: lateView(async () => (await import("./announcements/announcements-section")).AnnouncementsSection),
  },
];
