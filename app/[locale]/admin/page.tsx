import type { Metadata } from "next";
import type { ReactElement } from "react";
import { AdminApp } from "@/components/admin/admin-app";
import { LocalizedPage } from "../localized-page";
import { type LocaleParams, titled } from "../params";

export const generateMetadata = ({ params }: LocaleParams): Promise<Metadata> => titled(params, "meta.admin");

/** The only page of the administration: which section is open stands in the fragment. */
export default function Page({ params }: LocaleParams): ReactElement {
  return (
    <LocalizedPage params={params}>
      <AdminApp />
    </LocalizedPage>
  );
}
