import type { Metadata } from "next";
import type { ReactElement } from "react";
import { Mark } from "@/components/ui/mark";
import { LOCALES } from "@/lib/client/hooks/translate";
import { MESSAGES } from "@/locales";
import { Document } from "./document";

export const metadata: Metadata = { title: "404 · Sceau" };

/** One static page for every address that is none, in both languages: it cannot know whose it is. */
export default function NotFound(): ReactElement {
  return (
    <Document locale="en">
      <main className="flex min-h-dvh flex-col items-center justify-center gap-8 p-6 text-center">
        <Mark className="size-14" />
        <h1 className="sr-only">404</h1>
        {LOCALES.map((locale) => (
          <section key={locale} lang={locale} className="flex flex-col gap-1.5">
            <h2 className="text-balance font-serif text-2xl">{MESSAGES[locale]["page.notFoundTitle"]}</h2>
            <p className="text-pretty text-soft">{MESSAGES[locale]["page.notFoundBody"]}</p>
            <a href="/" className="py-2 font-medium text-accent underline underline-offset-3">
              {MESSAGES[locale]["page.home"]}
            </a>
          </section>
        ))}
      </main>
    </Document>
  );
}
