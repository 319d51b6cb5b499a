"use client";

import type { ReactElement } from "react";
import { MenuChoices } from "@/components/ui/menu";
import { usePresenceTexts } from "@/lib/client/hooks/presence-texts";
import { AVAILABILITIES, useAvailability } from "./use-availability";

/** In one's own menu. */
export function AvailabilityItems(): ReactElement {
  const t = usePresenceTexts();
  const [availability, choose] = useAvailability();
  return (
    <MenuChoices
      label={t("availability.title")}
      value={availability}
      onChange={choose}
      choices={AVAILABILITIES.map((value) => ({ value, label: t(`availability.${value}`) }))}
    />
  );
}
