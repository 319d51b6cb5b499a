"use client";

import type { ReactElement } from "react";
import { Avatar } from "@/components/ui/avatar";
import { IconButton } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import { personName } from "@/lib/client/hooks/person-name";
import { closeConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import type { Person } from "@/lib/client/model";

export function ConversationHeader({ peer }: { peer: Person }): ReactElement {
  const { t } = useI18n();
  const name = personName(peer, t);
  return (
    <header className="flex h-15 shrink-0 items-center gap-3 border-line border-b px-3 sm:px-5">
      <IconButton
        icon="arrowLeft"
        label={t("messenger.toList")}
        onClick={closeConversationRoute}
        className="-ms-2 md:hidden"
      />
      <Avatar person={peer} className="size-9 text-sm" />
      <div className="min-w-0">
        <h2 className="truncate font-semibold">
          <bdi>{name}</bdi>
        </h2>
        <p className="truncate text-faint text-xs leading-tight">
          {peer.name}
          {peer.status && (
            <>
              {" · "}
              <bdi>{peer.status}</bdi>
            </>
          )}
        </p>
      </div>
    </header>
  );
}
