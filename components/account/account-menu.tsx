"use client";

import { type ReactElement, useRef, useState } from "react";
import { AvailabilityItems } from "@/components/presence/availability-items";
import { usePresence } from "@/components/presence/use-presence";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Menu, MenuDivider, MenuHeading, MenuItem } from "@/components/ui/menu";
import { useToast } from "@/components/ui/toast";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessenger, useMessengerState } from "@/lib/client/hooks/use-messenger";
import { openReports } from "@/lib/client/hooks/use-reports-route";
import { openSettings } from "@/lib/client/hooks/use-settings-route";
import { openStarred } from "@/lib/client/hooks/use-starred-route";
import type { Person } from "@/lib/client/model";
import { AccountButton } from "./account-button";

/** Open from the start: it is made when somebody asks for it. */
export function AccountMenu({ me }: { me: Person }): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const errorText = useErrorText();
  const messenger = useMessenger();
  const presence = usePresence();
  const role = useMessengerState((state) => state.role);
  const [forgetting, setForgetting] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const [busy, setBusy] = useState(false);

  const signOut = (forget: boolean): void => {
    setBusy(true);
    // Nothing tells whoever signs in next which conversation was open.
    history.replaceState(null, "", location.pathname);
    // Success ends in the phase "signed-out", which leaves this page.
    messenger.signOut({ forget }).catch((error: unknown) => {
      setBusy(false);
      toast(errorText(error));
    });
  };

  return (
    <>
      <Menu trigger={<AccountButton me={me} ref={trigger} disabled={busy} />}>
        <MenuHeading>
          <p className="truncate font-semibold">
            <bdi>{me.displayName}</bdi>
          </p>
          <p className="truncate text-faint text-xs">{me.name}</p>
          {me.status && (
            <p className="max-w-64 truncate pt-1 text-soft text-sm">
              <bdi>{me.status}</bdi>
            </p>
          )}
        </MenuHeading>
        <MenuDivider />
        {presence && (
          <>
            <AvailabilityItems />
            <MenuDivider />
          </>
        )}
        <MenuItem icon="star" onSelect={openStarred}>
          {t("account.starred")}
        </MenuItem>
        <MenuItem icon="settings" onSelect={() => openSettings()}>
          {t("account.settings")}
        </MenuItem>
        <MenuItem icon="flag" onSelect={openReports}>
          {t("account.reports")}
        </MenuItem>
        {role !== "member" && (
          <MenuItem icon="shield" onSelect={() => location.assign("/admin")}>
            {t("account.admin")}
          </MenuItem>
        )}
        <MenuDivider />
        <MenuItem icon="signOut" onSelect={() => signOut(false)}>
          {t("account.signOut")}
        </MenuItem>
        <MenuItem icon="trash" onSelect={() => setForgetting(true)}>
          {t("account.forget")}
        </MenuItem>
      </Menu>
      <ConfirmDialog
        open={forgetting}
        onOpenChange={setForgetting}
        title={t("account.forgetTitle")}
        description={t("account.forgetBody")}
        confirmLabel={t("account.forgetConfirm")}
        cancelLabel={t("common.cancel")}
        closeLabel={t("common.close")}
        busy={busy}
        returnTo={trigger}
        onConfirm={() => signOut(true)}
      />
    </>
  );
}
