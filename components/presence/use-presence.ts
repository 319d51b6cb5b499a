"use client";

import { useEffect } from "react";
import { useI18n } from "@/lib/client/hooks/i18n";
import { loadPresenceTexts } from "@/lib/client/hooks/presence-texts";
import type { Locale } from "@/lib/client/hooks/translate";
import { type Later, later, useLater } from "@/lib/client/hooks/use-later";

type Views = typeof import("./views");

const load = (locale: Locale) =>
  later(async () => (await Promise.all([import("./views"), loadPresenceTexts(locale)]))[0]);
const PRESENCE: Readonly<Record<Locale, Later<Views>>> = { en: load("en"), fr: load("fr") };

/** After what people wait for: nobody is known to be there before the connection stands. */
const SETTLED_MS = 1_000;

/** Who is there and who is writing: fetched by the first view that shows it. Null until it is here. */
export function usePresence(): Views | null {
  const { locale } = useI18n();
  useEffect(() => {
    const timer = setTimeout(() => PRESENCE[locale].fetch().catch(() => undefined), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [locale]);
  return useLater(PRESENCE[locale]);
}
