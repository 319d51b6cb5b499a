"use client";

import type { ReactElement } from "react";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { usePresenceTexts } from "@/lib/client/hooks/presence-texts";
import { AVAILABILITIES, useAvailability } from "./use-availability";

/** In the settings, with what each of them means. */
export function AvailabilityCards(): ReactElement {
  const t = usePresenceTexts();
  const [availability, choose] = useAvailability();
  return (
    <ChoiceCards
      label={t("availability.title")}
      value={availability}
      onChange={choose}
      choices={AVAILABILITIES.map((value) => ({
        value,
        label: t(`availability.${value}`),
        body: t(`availability.${value}Body`),
      }))}
    />
  );
}
