import type { Metadata } from "next";
import type { ReactElement } from "react";
import { Registration } from "@/components/entrance/registration";
import { type LocaleParams, titled } from "../../params";
import { EntrancePage } from "../entrance-page";

export const generateMetadata = ({ params }: LocaleParams): Promise<Metadata> =>
  titled(params, "meta.register");

export default function Page({ params }: LocaleParams): ReactElement {
  return (
    <EntrancePage params={params}>
      <Registration />
    </EntrancePage>
  );
}
