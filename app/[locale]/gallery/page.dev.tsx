import type { ReactElement } from "react";
import { Gallery } from "@/components/gallery/gallery";
import { LocalizedPage } from "../localized-page";
import type { LocaleParams } from "../params";

export default function Page({ params }: LocaleParams): ReactElement {
  return (
    <LocalizedPage params={params}>
      <Gallery />
    </LocalizedPage>
  );
}
