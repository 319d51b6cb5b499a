import type { Metadata, Viewport } from "next";
import type { ReactElement, ReactNode } from "react";
import { LOCALES } from "@/lib/client/hooks/translate";
import { Document } from "../document";
import { type LocaleParams, localeOf, messagesOf } from "./params";

export const dynamicParams = false;

export function generateStaticParams(): { locale: string }[] {
  return LOCALES.map((locale) => ({ locale }));
}

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const messages = await messagesOf(params);
  return {
    title: messages["meta.messenger"],
    description: messages["meta.description"],
    applicationName: "Sceau",
    manifest: "/manifest.webmanifest",
    icons: {
      icon: [
        { url: "/favicon.ico", sizes: "32x32" },
        { url: "/icons/icon.svg", type: "image/svg+xml" },
      ],
      apple: "/apple-touch-icon.png",
    },
    appleWebApp: { title: "Sceau", statusBarStyle: "default" },
    formatDetection: { telephone: false, email: false, address: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  interactiveWidget: "resizes-content",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fcfaf6" },
    { media: "(prefers-color-scheme: dark)", color: "#1a1815" },
  ],
};

export default async function LocaleLayout({
  children,
  params,
}: LocaleParams & { children: ReactNode }): Promise<ReactElement> {
  const locale = await localeOf(params);
  return <Document locale={locale}>{children}</Document>;
}
