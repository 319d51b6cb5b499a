"use client";

import { clsx } from "clsx";
import type { ReactElement, ReactNode } from "react";
import { Icon } from "@/components/ui/icons";
import { switchLocale, useI18n } from "@/lib/client/hooks/i18n";
import { LOCALES } from "@/lib/client/hooks/translate";
import { setTheme, THEMES, useTheme } from "@/lib/client/hooks/use-theme";
import { LANGUAGE_NAMES, THEME_ICONS } from "./choices";

const CHOICE = "target inline-flex items-center justify-center rounded-md transition-colors hover:bg-hover";
const CHOSEN = "text-ink";
const OTHER = "text-faint";

/** Language and theme for pages without a menu; in a line above them, what else belongs at the foot. */
export function PreferencesBar({ children }: { children?: ReactNode }): ReactElement {
  const { locale, t } = useI18n();
  const theme = useTheme();
  return (
    <footer className="-mx-2 flex flex-wrap items-center justify-between text-sm print:hidden">
      {children && <div className="w-full">{children}</div>}
      <div className="flex">
        {LOCALES.map((choice) => (
          <button
            key={choice}
            type="button"
            lang={choice}
            aria-pressed={choice === locale}
            onClick={() => choice !== locale && switchLocale(choice)}
            className={clsx(CHOICE, "px-2.5", choice === locale ? `${CHOSEN} font-medium` : OTHER)}
          >
            {LANGUAGE_NAMES[choice]}
          </button>
        ))}
      </div>
      <div className="flex">
        {THEMES.map((choice) => (
          <button
            key={choice}
            type="button"
            aria-pressed={choice === theme}
            aria-label={`${t("preferences.theme")} – ${t(`preferences.${choice}`)}`}
            title={t(`preferences.${choice}`)}
            onClick={() => setTheme(choice)}
            className={clsx(CHOICE, "aspect-square", choice === theme ? CHOSEN : OTHER)}
          >
            <Icon name={THEME_ICONS[choice]} className="size-4.5" />
          </button>
        ))}
      </div>
    </footer>
  );
}
