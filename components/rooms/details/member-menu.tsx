"use client";

import { type ReactElement, useRef, useState } from "react";
import { BlockDialog } from "@/components/people/block-dialog";
import { SafetyDialog } from "@/components/trust/safety-dialog";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuDivider, MenuItem } from "@/components/ui/menu";
import { useToast } from "@/components/ui/toast";
import { useI18n } from "@/lib/client/hooks/i18n";
import { openConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useIsBlocked } from "@/lib/client/hooks/use-is-blocked";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import { useRooms } from "@/lib/client/hooks/use-rooms";
import type { RoomMember } from "@/lib/client/model-rooms";
import { BanDialog, MuteDialog, RemoveDialog } from "./discipline-dialogs";
import { RoleDialog } from "./role-dialog";
import { useOpenRoom } from "./use-open-room";

type Deed = "safety" | "block" | "role" | "mute" | "remove" | "ban";

/** What can be done about a member; nothing at all about oneself, but for a role to give up. */
export function MemberMenu({ member }: { member: RoomMember }): ReactElement | null {
  const { t } = useI18n();
  const { me, may } = useOpenRoom();
  const [wanted, setWanted] = useState(false);
  const [deed, setDeed] = useState<Deed | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const { person } = member;
  const oneself = person.id === me.id;
  if (person.deleted || (oneself && !may.owns)) return null;
  const button = (
    <IconButton
      ref={trigger}
      icon="more"
      label={t("member.menu", { name: person.displayName })}
      aria-haspopup="menu"
      onClick={() => setWanted(true)}
      className="-me-2"
    />
  );
  const dialog = { member, onClose: () => setDeed(null), returnTo: trigger };
  return (
    <>
      {wanted ? (
        <Menu trigger={button}>
          {!oneself && <Contact member={member} onDeed={setDeed} />}
          {may.owns && (
            <MenuItem icon="key" onSelect={() => setDeed("role")}>
              {t("member.role")}
            </MenuItem>
          )}
          {may.disciplines(member) && <Discipline member={member} onDeed={setDeed} />}
        </Menu>
      ) : (
        button
      )}
      {deed === "safety" && <SafetyDialog peer={person} onClose={dialog.onClose} />}
      {deed === "block" && <BlockDialog person={person} onClose={dialog.onClose} returnTo={trigger} />}
      {deed === "role" && <RoleDialog {...dialog} />}
      {deed === "mute" && <MuteDialog {...dialog} />}
      {deed === "remove" && <RemoveDialog {...dialog} />}
      {deed === "ban" && <BanDialog {...dialog} />}
    </>
  );
}

function Contact({ member, onDeed }: { member: RoomMember; onDeed: (deed: Deed) => void }): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const errorText = useErrorText();
  const messenger = useMessenger();
  const { person } = member;
  const blocked = useIsBlocked(person.id);
  const write = (): void => {
    messenger.startDirect(person).then(openConversationRoute, (error: unknown) => toast(errorText(error)));
  };
  return (
    <>
      <MenuItem icon="send" onSelect={write}>
        <span className="max-w-56 truncate">{t("member.message", { name: person.displayName })}</span>
      </MenuItem>
      <MenuItem icon="shield" onSelect={() => onDeed("safety")}>
        {t("member.safety")}
      </MenuItem>
      {!blocked && (
        <MenuItem icon="block" onSelect={() => onDeed("block")}>
          {t("member.block")}
        </MenuItem>
      )}
    </>
  );
}

function Discipline(props: { member: RoomMember; onDeed: (deed: Deed) => void }): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const errorText = useErrorText();
  const rooms = useRooms();
  const { id, reload } = useOpenRoom();
  const { member, onDeed } = props;
  const muted = member.mutedUntil !== null && member.mutedUntil > Date.now();
  const unmute = (): void => {
    rooms.mute(id, member.person.id, null).then(reload, (error: unknown) => toast(errorText(error)));
  };
  return (
    <>
      <MenuDivider />
      {muted ? (
        <MenuItem icon="check" onSelect={unmute}>
          {t("member.unmute")}
        </MenuItem>
      ) : (
        <MenuItem icon="clock" onSelect={() => onDeed("mute")}>
          {t("member.mute")}
        </MenuItem>
      )}
      <MenuItem icon="signOut" onSelect={() => onDeed("remove")}>
        {t("member.remove")}
      </MenuItem>
      <MenuItem icon="close" onSelect={() => onDeed("ban")}>
        {t("member.ban")}
      </MenuItem>
    </>
  );
}
