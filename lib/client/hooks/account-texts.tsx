"use client";

import type { ReactElement } from "react";
import { type LateTextLoaders, LateTexts, type LateTextsProps } from "./late-texts.tsx";

const LOADERS: LateTextLoaders = {
  en: () => import("../../../locales/account.en.json"),
  fr: () => import("../../../locales/account.fr.json"),
};

/** The words of the settings and of what else is about the account (locales/account.*.json). */
export function AccountTexts(props: LateTextsProps): ReactElement {
  return <LateTexts loaders={LOADERS} {...props} />;
}
