"use client";

import type { ReactElement } from "react";
import { type LateTextLoaders, LateTexts, type LateTextsProps } from "./late-texts.tsx";

const LOADERS: LateTextLoaders = {
  en: () => import("../../../locales/retention.en.json"),
  fr: () => import("../../../locales/retention.fr.json"),
};

/** The words about disappearing messages (locales/retention.*.json). */
export function RetentionTexts(props: LateTextsProps): ReactElement {
  return <LateTexts loaders={LOADERS} {...props} />;
}
