import type { Locale, RegistrationMessages } from "../lib/client/hooks/translate.ts";
import en from "./registration.en.json";
import fr from "./registration.fr.json";

/** Apart from MESSAGES: the registration's page alone needs them. */
export const REGISTRATION: Readonly<Record<Locale, RegistrationMessages>> = { en, fr };
