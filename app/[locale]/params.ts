import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isLocale, type Locale, type MessageKey, type Messages } from "@/lib/client/hooks/translate";
import { MESSAGES } from "@/locales";

export interface LocaleParams {
  params: Promise<{ locale: string }>;
}

export async function localeOf(params: LocaleParams["params"]): Promise<Locale> {
  const { locale } = await params;
  return isLocale(locale) ? locale : notFound();
}

export async function messagesOf(params: LocaleParams["params"]): Promise<Messages> {
  return MESSAGES[await localeOf(params)];
}

/** The part of a page's metadata that is its own. */
export async function titled(
  params: LocaleParams["params"],
  key: MessageKey & keyof Messages,
): Promise<Metadata> {
  return { title: (await messagesOf(params))[key] };
}
