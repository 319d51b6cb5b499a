"use client";

import type { ComponentProps, ReactElement } from "react";
import { IconButton } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useSilent } from "@/lib/client/hooks/use-notes";
import type { Conversation } from "@/lib/client/model";

/** Crossed out while nothing is told. */
export function BellButton(
  props: { id: Conversation["id"] } & Omit<ComponentProps<typeof IconButton>, "icon" | "label" | "id">,
): ReactElement {
  const { id, ...button } = props;
  const { t } = useI18n();
  const silent = useSilent(id);
  return (
    <IconButton
      {...button}
      icon={silent ? "bellOff" : "bell"}
      label={t(silent ? "notify.silent" : "notify.menu")}
      className="-me-2 shrink-0"
    />
  );
}
