import type { Metadata } from "next";
import type { ReactElement } from "react";
import { Registration } from "@/components/entrance/registration";
import { MoreTexts } from "@/lib/client/hooks/more-texts";
import { REGISTRATION } from "@/locales/registration";
import { type LocaleParams, localeOf, titled } from "../../params";
import { EntrancePage } from "../entrance-page";

export const generateMetadata = ({ params }: LocaleParams): Promise<Metadata> =>
  titled(params, "meta.register");

export default async function Page({ params }: LocaleParams): Promise<ReactElement> {
  return (
    <EntrancePage params={params}>
      <MoreTexts texts={REGISTRATION[await localeOf(params)]}>
        <Registration />
      </MoreTexts>
    </EntrancePage>
  );
}
