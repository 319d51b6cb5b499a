"use client";

import { useI18n } from "./i18n.tsx";
import { createTranslate, type Locale, type SayingMessages, type Translate } from "./translate.ts";

const LOADERS: Readonly<Record<Locale, () => Promise<{ default: SayingMessages }>>> = {
  en: () => import("../../../locales/messages.en.json"),
  fr: () => import("../../../locales/messages.fr.json"),
};
const loaded = new Map<Locale, SayingMessages>();
const translates = new Map<Locale, Translate>();

/** Fetches the words of what is said about messages (locales/messages.*.json); with the code of its views. */
export async function loadSayingTexts(locale: Locale): Promise<void> {
  loaded.set(locale, (await LOADERS[locale]()).default);
}

/** As `useI18n`, with the words of what is said about messages. Hundreds of rows ask: nothing is made twice. */
export function useSayingTexts(): { readonly locale: Locale; readonly t: Translate } {
  const { locale, messages } = useI18n();
  let t = translates.get(locale);
  if (!t) {
    t = createTranslate(locale, { ...messages, ...loaded.get(locale) });
    translates.set(locale, t);
  }
  return { locale, t };
}
