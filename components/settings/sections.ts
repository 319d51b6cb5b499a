import type { ComponentType, LazyExoticComponent } from "react";
import type { IconName } from "@/components/ui/icons";
import { lateView } from "@/components/ui/late-view";
import type { AccountMessages } from "@/lib/client/hooks/translate";

export interface Section {
  readonly id: string;
  readonly icon: IconName;
  readonly title: keyof AccountMessages & `settings.${string}`;
  readonly Panel: LazyExoticComponent<ComponentType>;
}

/** The settings in the order they are shown. Each panel is loaded when it is opened. */
export const SECTIONS: readonly [Section, ...Section[]] = [
  {
    id: "profile",
    icon: "user",
    title: "settings.profile",
    Panel: lateView(async () => (await import("./profile/profile-panel")).ProfilePanel),
  },
  {
    id: "privacy",
    icon: "eye",
    title: "settings.privacy",
    Panel: lateView(async () => (await import("./privacy/privacy-panel")).PrivacyPanel),
  },
  {
    id: "security",
    icon: "lock",
    title: "settings.security",
    Panel: lateView(async () => (await import("./security/security-panel")).SecurityPanel),
  },
  {
    id: "devices",
    icon: "monitor",
    title: "settings.devices",
    Panel: lateView(async () => (await import("./devices/devices-panel")).DevicesPanel),
  },
  {
    id: "keys",
    icon: "key",
    title: "settings.keys",
    Panel: lateView(async () => (await import("./keys/keys-panel")).KeysPanel),
  },
  {
    id: "activity",
    icon: "clock",
    title: "settings.activity",
    Panel: lateView(async () => (await import("./activity/activity-panel")).ActivityPanel),
  },
  {
    id: "notifications",
    icon: "bell",
    title: "settings.notifications",
    Panel: lateView(async () => (await import("./notifications/notifications-panel")).NotificationsPanel),
  },
  {
    id: "appearance",
    icon: "sun",
    title: "settings.appearance",
    Panel: lateView(async () => (await import("./appearance/appearance-panel")).AppearancePanel),
  },
  {
    id: "data",
    icon: "download",
    title: "settings.data",
    Panel: lateView(async () => (await import("./data/data-panel")).DataPanel),
  },
];
