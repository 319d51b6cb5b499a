import type { Metadata } from "next";
import type { ReactElement } from "react";
import { SignIn } from "@/components/entrance/sign-in";
import { type LocaleParams, titled } from "../../params";

export const generateMetadata = ({ params }: LocaleParams): Promise<Metadata> =>
  titled(params, "meta.signIn");

export default function Page(): ReactElement {
  return <SignIn />;
}
