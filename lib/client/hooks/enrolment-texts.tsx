"use client";

import type { ReactElement } from "react";
import { type LateTextLoaders, LateTexts, type LateTextsProps } from "./late-texts.tsx";

const LOADERS: LateTextLoaders = {
  en: () => import("../../../locales/enrolment.en.json"),
  fr: () => import("../../../locales/enrolment.fr.json"),
};

/** The words of the link to a new authenticator (locales/enrolment.*.json). */
export function EnrolmentTexts(props: LateTextsProps): ReactElement {
  return <LateTexts loaders={LOADERS} {...props} />;
}
