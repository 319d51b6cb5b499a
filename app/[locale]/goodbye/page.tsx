import type { Metadata } from "next";
import type { ReactElement } from "react";
import { EntranceFrame } from "@/components/entrance/entrance-frame";
import { Step } from "@/components/entrance/step";
import { LocalizedPage } from "../localized-page";
import { type LocaleParams, messagesOf, titled } from "../params";

export const generateMetadata = ({ params }: LocaleParams): Promise<Metadata> =>
  titled(params, "meta.goodbye");

/** Where a browser goes whose account was deleted in it. */
export default async function Page({ params }: LocaleParams): Promise<ReactElement> {
  const messages = await messagesOf(params);
  return (
    <LocalizedPage params={params}>
      <EntranceFrame messages={messages}>
        <Step title={messages["goodbye.title"]} intro={messages["goodbye.body"]}>
          <a href="/login" className="self-start py-2 font-medium text-accent underline underline-offset-3">
            {messages["goodbye.leave"]}
          </a>
        </Step>
      </EntranceFrame>
    </LocalizedPage>
  );
}
