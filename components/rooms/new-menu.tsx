"use client";

import type { ReactElement } from "react";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useI18n } from "@/lib/client/hooks/i18n";
import { RoomsTexts } from "@/lib/client/hooks/rooms-texts";
import { openRoomDialog } from "@/lib/client/hooks/use-room-dialog";

/** Open from the start: it is made when somebody asks for it. */
export function NewMenu({ trigger }: { trigger: ReactElement }): ReactElement {
  return (
    <RoomsTexts loading={trigger} failed={() => trigger}>
      <Opened trigger={trigger} />
    </RoomsTexts>
  );
}

function Opened({ trigger }: { trigger: ReactElement }): ReactElement {
  const { t } = useI18n();
  return (
    <Menu trigger={trigger}>
      <MenuItem icon="users" onSelect={() => openRoomDialog("new")}>
        {t("rooms.new")}
      </MenuItem>
      <MenuItem icon="search" onSelect={() => openRoomDialog("browse")}>
        {t("rooms.browse")}
      </MenuItem>
    </Menu>
  );
}
