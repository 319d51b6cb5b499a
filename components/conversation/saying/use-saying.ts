"use client";

import { useI18n } from "@/lib/client/hooks/i18n";
import { loadSayingTexts } from "@/lib/client/hooks/saying-texts";
import type { Locale } from "@/lib/client/hooks/translate";
import { type Later, later, useLater } from "@/lib/client/hooks/use-later";

type Views = typeof import("./views");

const load = (locale: Locale) =>
  later(async () => (await Promise.all([import("./views"), loadSayingTexts(locale)]))[0]);
const SAYING: Readonly<Record<Locale, Later<Views>>> = { en: load("en"), fr: load("fr") };

/** Reactions, quotes, threads, polls, everything one can do with a message: comes once messages are shown. */
export function fetchSaying(locale: Locale): void {
  SAYING[locale].fetch().catch(() => undefined);
}

/** Null until it is here: messages are read and written without it. */
export function useSaying(): Views | null {
  return useLater(SAYING[useI18n().locale]);
}
