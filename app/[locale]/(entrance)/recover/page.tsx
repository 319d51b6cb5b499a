import type { Metadata } from "next";
import type { ReactElement } from "react";
import { Recovery } from "@/components/entrance/recovery";
import { type LocaleParams, titled } from "../../params";
import { EntrancePage } from "../entrance-page";

export const generateMetadata = ({ params }: LocaleParams): Promise<Metadata> =>
  titled(params, "meta.recover");

export default function Page({ params }: LocaleParams): ReactElement {
  return (
    <EntrancePage params={params}>
      <Recovery />
    </EntrancePage>
  );
}
