"use client";

import { useI18n } from "./i18n.tsx";
import { createTranslate, type Locale, type PresenceMessages, type Translate } from "./translate.ts";

const LOADERS: Readonly<Record<Locale, () => Promise<{ default: PresenceMessages }>>> = {
  en: () => import("../../../locales/presence.en.json"),
  fr: () => import("../../../locales/presence.fr.json"),
};
const loaded = new Map<Locale, PresenceMessages>();
const translates = new Map<Locale, Translate>();

/** Fetches the words of who is there and who is writing (locales/presence.*.json); with the code of its views. */
export async function loadPresenceTexts(locale: Locale): Promise<void> {
  loaded.set(locale, (await LOADERS[locale]()).default);
}

/** As `useI18n`, with those words. Each row of a list asks: nothing is made twice. */
export function usePresenceTexts(): Translate {
  const { locale, messages } = useI18n();
  let t = translates.get(locale);
  if (!t) {
    t = createTranslate(locale, { ...messages, ...loaded.get(locale) });
    translates.set(locale, t);
  }
  return t;
}
