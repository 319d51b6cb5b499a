import type { ReactElement } from "react";
import { DemoMessengerApp } from "@/components/gallery/demo-messenger-app";
import { LocalizedPage } from "../../localized-page";
import type { LocaleParams } from "../../params";

export default function Page({ params }: LocaleParams): ReactElement {
  return (
    <LocalizedPage params={params}>
      <DemoMessengerApp />
    </LocalizedPage>
  );
}
