import type { Metadata } from "next";
import type { ReactElement } from "react";
import { KeyMaking } from "@/components/entrance/key-making";
import { type LocaleParams, titled } from "../../params";

export const generateMetadata = ({ params }: LocaleParams): Promise<Metadata> => titled(params, "meta.keys");

export default function Page(): ReactElement {
  return <KeyMaking />;
}
