import { notFound } from "next/navigation";
import type { ReactElement } from "react";
import { LocalizedPage } from "../../localized-page";
import type { LocaleParams } from "../../params";

/** Development only: the import inside the condition keeps the demo out of production builds. */
export default async function Page({ params }: LocaleParams): Promise<ReactElement> {
  if (process.env.NODE_ENV !== "production") {
    const { DemoMessengerApp } = await import("@/components/gallery/demo-messenger-app");
    return (
      <LocalizedPage params={params}>
        <DemoMessengerApp />
      </LocalizedPage>
    );
  }
  notFound();
}
