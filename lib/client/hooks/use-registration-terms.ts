"use client";

import { useEffect, useState } from "react";
import { LIMITS } from "../../protocol/limits.ts";

/** What the server asks of newcomers. */
export interface RegistrationTerms {
  readonly registration: "open" | "invitation" | "closed";
  readonly passwordChars: number;
  /** Whether the form asks for an e-mail address. */
  readonly email: "unasked" | "optional" | "required";
}

/** Until the server has said otherwise; it judges in any case. */
const USUAL: RegistrationTerms = {
  registration: "open",
  passwordChars: LIMITS.passwordChars.min,
  email: "unasked",
};

/** Asked without the code of the entrance, which comes later than the form. */
export function useRegistrationTerms(): RegistrationTerms {
  const [terms, setTerms] = useState(USUAL);
  useEffect(() => {
    fetch("/api/registration", { credentials: "same-origin" })
      .then(async (response) => {
        if (response.ok) setTerms({ ...USUAL, ...(await response.json()) });
      })
      .catch(() => undefined);
  }, []);
  return terms;
}
