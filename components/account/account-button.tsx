"use client";

import type { ComponentProps, ReactElement } from "react";
import { usePresence } from "@/components/presence/use-presence";
import { Avatar } from "@/components/ui/avatar";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { Person } from "@/lib/client/model";

/** One's own picture, which opens the account's menu. */
export function AccountButton({ me, ...button }: { me: Person } & ComponentProps<"button">): ReactElement {
  const { t } = useI18n();
  const presence = usePresence();
  const label = t("account.menu", { name: me.displayName });
  return (
    <button
      {...button}
      type="button"
      aria-label={label}
      title={label}
      className="target inline-flex aspect-square items-center justify-center rounded-full"
    >
      <span className="relative flex">
        <Avatar person={me} className="size-8.5 text-xs" />
        {presence && <presence.OwnDot />}
      </span>
    </button>
  );
}
