import type { IncomingMessage } from "node:http";

const LOCALES = ["en", "fr"] as const;
export type Locale = (typeof LOCALES)[number];

/** The person's choice if there is one (a cookie), else the first language of the browser's that there is. */
export function localeOf({ headers }: IncomingMessage): Locale {
  const chosen = /(?:^|;\s*)locale=(en|fr)(?:;|$)/.exec(headers.cookie ?? "")?.[1];
  if (chosen) return chosen as Locale;
  const wanted = (headers["accept-language"] ?? "")
    .split(",")
    .map((entry) => {
      const [tag = "", ...parameters] = entry.trim().toLowerCase().split(";");
      const quality = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find(Boolean);
      return { language: tag.split("-")[0] ?? "", quality: Number(quality ?? 1) };
    })
    .sort((a, b) => b.quality - a.quality);
  const found = wanted.find(({ language, quality }) => quality > 0 && LOCALES.includes(language as Locale));
  return (found?.language as Locale | undefined) ?? "en";
}

/** Pages exist once per language: `/login` is served from `/en/login`. Files, API and Next's own paths are not pages. */
export function pagePath(path: string, locale: Locale): string | null {
  if (/^\/(?:api|_next|en|fr)(?:\/|$)/.test(path) || /\.[a-z0-9]+$/i.test(path)) return null;
  return path === "/" ? `/${locale}` : `/${locale}${path.replace(/\/$/, "")}`;
}
