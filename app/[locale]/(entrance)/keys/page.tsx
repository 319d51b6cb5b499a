import type { Metadata } from "next";
import type { ReactElement } from "react";
import { KeyMaking } from "@/components/entrance/key-making";
import { type LocaleParams, titled } from "../../params";
import { EntrancePage } from "../entrance-page";

export const generateMetadata = ({ params }: LocaleParams): Promise<Metadata> => titled(params, "meta.keys");

export default function Page({ params }: LocaleParams): ReactElement {
  return (
    <EntrancePage params={params}>
      <KeyMaking />
    </EntrancePage>
  );
}
