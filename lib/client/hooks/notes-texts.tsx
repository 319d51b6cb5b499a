"use client";

import type { ReactElement } from "react";
import { type LateTextLoaders, LateTexts, type LateTextsProps } from "./late-texts.tsx";

const LOADERS: LateTextLoaders = {
  en: () => import("../../../locales/notes.en.json"),
  fr: () => import("../../../locales/notes.fr.json"),
};

/** The words of notifications and stars (locales/notes.*.json). */
export function NotesTexts(props: LateTextsProps): ReactElement {
  return <LateTexts loaders={LOADERS} {...props} />;
}
