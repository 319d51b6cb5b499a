"use client";

import { clsx } from "clsx";
import type { ReactElement } from "react";
import { useI18n } from "@/lib/client/hooks/i18n";
import { passwordStrength, type Strength } from "./password-strength";

const FILLS: Readonly<Record<Strength, string>> = {
  0: "bg-danger",
  1: "bg-danger",
  2: "bg-warn",
  3: "bg-good",
  4: "bg-good",
};
const STEPS = [1, 2, 3, 4];

/** Says in four bars and a word how hard the password is to guess. Its height is there before the first letter. */
export function StrengthMeter(props: {
  password: string;
  /** How many characters it has at least. */
  min: number;
  personal: readonly string[];
}): ReactElement {
  const { t } = useI18n();
  const { password, min, personal } = props;
  const missing = min - password.length;
  const strength = missing > 0 ? 0 : passwordStrength(password, personal);
  const words = missing > 0 ? t("strength.short", { count: missing }) : t(`strength.${strength}`);
  const filled = password === "" ? 0 : Math.max(strength, 1);
  return (
    <div className="-mt-2 flex flex-col gap-1 text-soft text-xs">
      <div aria-hidden="true" className="flex gap-1">
        {STEPS.map((step) => (
          <span
            key={step}
            className={clsx(
              "h-1 flex-1 rounded-full transition-colors",
              step <= filled ? FILLS[strength] : "bg-line",
            )}
          />
        ))}
      </div>
      <p aria-live="polite" className="min-h-4.5">
        <span className="sr-only">{t("strength.label")}: </span>
        {password !== "" && words}
      </p>
    </div>
  );
}
