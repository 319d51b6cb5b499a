import type { Metadata } from "next";
import type { ReactElement } from "react";
import { Registration } from "@/components/entrance/registration";
import { type LocaleParams, titled } from "../../params";

export const generateMetadata = ({ params }: LocaleParams): Promise<Metadata> =>
  titled(params, "meta.register");

export default function Page(): ReactElement {
  return <Registration />;
}
