"use client";

import { type ReactElement, useState } from "react";
import { LANGUAGE_NAMES, THEME_ICONS } from "@/components/preferences/choices";
import { PanelGroup } from "@/components/settings/panel";
import { ChoiceRow } from "@/components/ui/choice-row";
import { CLOCKS, setClock, useClock } from "@/lib/client/hooks/clock";
import { switchLocale, useI18n } from "@/lib/client/hooks/i18n";
import { formatClock } from "@/lib/client/hooks/time-format";
import { LOCALES } from "@/lib/client/hooks/translate";
import { setTheme, THEMES, useTheme } from "@/lib/client/hooks/use-theme";

/** How Sceau looks in this browser. */
export function AppearancePanel(): ReactElement {
  const { locale, t } = useI18n();
  const theme = useTheme();
  const clock = useClock();
  const [now] = useState(() => Date.now());
  return (
    <>
      <PanelGroup title={t("preferences.language")}>
        <ChoiceRow
          label={t("preferences.language")}
          value={locale}
          onChange={(choice) => choice !== locale && switchLocale(choice)}
          choices={LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value], lang: value }))}
        />
      </PanelGroup>
      <PanelGroup title={t("preferences.theme")}>
        <ChoiceRow
          label={t("preferences.theme")}
          value={theme}
          onChange={setTheme}
          choices={THEMES.map((value) => ({
            value,
            label: t(`preferences.${value}`),
            icon: THEME_ICONS[value],
          }))}
        />
      </PanelGroup>
      <PanelGroup title={t("clock.title")} intro={t("clock.now", { time: formatClock(now, locale) })}>
        <ChoiceRow
          label={t("clock.title")}
          value={clock}
          onChange={setClock}
          choices={CLOCKS.map((value) => ({ value, label: t(`clock.${value}`) }))}
        />
      </PanelGroup>
    </>
  );
}
