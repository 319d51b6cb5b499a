import type { Locale, Messages } from "../lib/client/hooks/translate.ts";
import en from "./en.json";
import fr from "./fr.json";

/** Only pages import this, so that a browser loads one language. */
export const MESSAGES: Readonly<Record<Locale, Messages>> = { en, fr };
