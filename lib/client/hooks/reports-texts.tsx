"use client";

import type { ReactElement } from "react";
import { type LateTextLoaders, LateTexts, type LateTextsProps } from "./late-texts.tsx";

const LOADERS: LateTextLoaders = {
  en: () => import("../../../locales/reports.en.json"),
  fr: () => import("../../../locales/reports.fr.json"),
};

/** The words of the views of reports (locales/reports.*.json). */
export function ReportsTexts(props: LateTextsProps): ReactElement {
  return <LateTexts loaders={LOADERS} {...props} />;
}
