import type { Locale } from "../lib/client/hooks/translate.ts";
import en from "./privacy.en.json";
import fr from "./privacy.fr.json";

export type PrivacyTexts = typeof en;

/** Apart from MESSAGES: only the page itself needs them, and no script of it does. */
export const PRIVACY: Readonly<Record<Locale, PrivacyTexts>> = { en, fr };
