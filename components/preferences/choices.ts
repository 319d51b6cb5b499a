import type { IconName } from "@/components/ui/icons";
import type { Locale } from "@/lib/client/hooks/translate";
import type { Theme } from "@/lib/client/hooks/use-theme";

/** Each language in itself, so that everybody finds their own. */
export const LANGUAGE_NAMES: Readonly<Record<Locale, string>> = { en: "English", fr: "Français" };

export const THEME_ICONS: Readonly<Record<Theme, IconName>> = {
  system: "monitor",
  light: "sun",
  dark: "moon",
};
