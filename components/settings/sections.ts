import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { IconName } from "@/components/ui/icons";
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
    Panel: lazy(async () => ({ default: (await import("./profile/profile-panel")).ProfilePanel })),
  },
  {
    id: "privacy",
    icon: "eye",
    title: "settings.privacy",
    Panel: lazy(async () => ({ default: (await import("./privacy/privacy-panel")).PrivacyPanel })),
  },
  {
    id: "security",
    icon: "lock",
    title: "settings.security",
    Panel: lazy(async () => ({ default: (await import("./security/security-panel")).SecurityPanel })),
  },
  {
    id: "devices",
    icon: "monitor",
    title: "settings.devices",
    Panel: lazy(async () => ({ default: (await import("./devices/devices-panel")).DevicesPanel })),
  },
  {
    id: "keys",
    icon: "key",
    title: "settings.keys",
    Panel: lazy(async () => ({ default: (await import("./keys/keys-panel")).KeysPanel })),
  },
  {
    id: "activity",
    icon: "clock",
    title: "settings.activity",
    Panel: lazy(async () => ({ default: (await import("./activity/activity-panel")).ActivityPanel })),
  },
  {
    id: "notifications",
    icon: "bell",
    title: "settings.notifications",
    Panel: lazy(async () => ({
      default: (await import("./notifications/notifications-panel")).NotificationsPanel,
    })),
  },
  {
    id: "appearance",
    icon: "sun",
    title: "settings.appearance",
    Panel: lazy(async () => ({ default: (await import("./appearance/appearance-panel")).AppearancePanel })),
  },
  {
    id: "data",
    icon: "download",
    title: "settings.data",
    Panel: lazy(async () => ({ default: (await import("./data/data-panel")).DataPanel })),
  },
];
