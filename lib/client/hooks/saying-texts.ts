"use client";

import { useI18n } from "./i18n.tsx";
import {
  createTranslate,
  type FilesMessages,
  type Locale,
  type SayingMessages,
  type Translate,
} from "./translate.ts";

type Texts = SayingMessages & FilesMessages;
type Loader<T> = () => Promise<{ readonly default: T }>;

const LOADERS: Readonly<Record<Locale, readonly [Loader<SayingMessages>, Loader<FilesMessages>]>> = {
  en: [() => import("../../../locales/messages.en.json"), () => import("../../../locales/files.en.json")],
  fr: [() => import("../../../locales/messages.fr.json"), () => import("../../../locales/files.fr.json")],
};
const loaded = new Map<Locale, Texts>();
const translates = new Map<Locale, Translate>();

/** Fetches the words of what is said about messages, and of files (locales/messages.*.json, files.*.json); with the code of its views. */
export async function loadSayingTexts(locale: Locale): Promise<void> {
  const [saying, files] = LOADERS[locale];
  const texts = await Promise.all([saying(), files()]);
  loaded.set(locale, { ...texts[0].default, ...texts[1].default });
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
