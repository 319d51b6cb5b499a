import type { Metadata } from "next";
import type { ReactElement } from "react";
import { SignIn } from "@/components/entrance/sign-in";
import { type LocaleParams, titled } from "../../params";
import { EntrancePage } from "../entrance-page";

export const generateMetadata = ({ params }: LocaleParams): Promise<Metadata> =>
  titled(params, "meta.signIn");

export default function Page({ params }: LocaleParams): ReactElement {
  return (
    <EntrancePage params={params}>
      <SignIn />
    </EntrancePage>
  );
}
