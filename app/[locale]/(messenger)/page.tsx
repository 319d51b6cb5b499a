import type { ReactElement } from "react";
import { MessengerApp } from "@/components/messenger/messenger-app";
import { LocalizedPage } from "../localized-page";
import type { LocaleParams } from "../params";

/** The only page of the messenger: which conversation is open stands in the fragment. */
export default function Page({ params }: LocaleParams): ReactElement {
  return (
    <LocalizedPage params={params}>
      <MessengerApp />
    </LocalizedPage>
  );
}
