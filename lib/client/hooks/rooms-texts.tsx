"use client";

import type { ReactElement } from "react";
import { type LateTextLoaders, LateTexts, type LateTextsProps } from "./late-texts.tsx";

const LOADERS: LateTextLoaders = {
  en: () => import("../../../locales/rooms.en.json"),
  fr: () => import("../../../locales/rooms.fr.json"),
};

/** The words of the views of rooms (locales/rooms.*.json). */
export function RoomsTexts(props: LateTextsProps): ReactElement {
  return <LateTexts loaders={LOADERS} {...props} />;
}
