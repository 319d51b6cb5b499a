"use client";

import type { ReactElement } from "react";
import { type LateTextLoaders, LateTexts, type LateTextsProps } from "./late-texts.tsx";

const LOADERS: LateTextLoaders = {
  en: () => import("../../../locales/switcher.en.json"),
  fr: () => import("../../../locales/switcher.fr.json"),
};

/** The words of the quick switcher (locales/switcher.*.json). */
export function SwitcherTexts(props: LateTextsProps): ReactElement {
  return <LateTexts loaders={LOADERS} {...props} />;
}
