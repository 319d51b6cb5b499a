import type { Metadata } from "next";
import type { ReactElement } from "react";
import { PrivacyPage } from "@/components/privacy/privacy-page";
import { PRIVACY } from "@/locales/privacy";
import { LocalizedPage } from "../localized-page";
import { type LocaleParams, localeOf } from "../params";

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  return { title: `${PRIVACY[await localeOf(params)].title} · Sceau` };
}

export default async function Page({ params }: LocaleParams): Promise<ReactElement> {
  return (
    <LocalizedPage params={params}>
      <PrivacyPage texts={PRIVACY[await localeOf(params)]} />
    </LocalizedPage>
  );
}
