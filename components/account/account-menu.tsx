"use client";

import { type ReactElement, useRef, useState } from "react";
import { LANGUAGE_NAMES, THEME_ICONS } from "@/components/preferences/choices";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Menu, MenuChoices, MenuDivider, MenuHeading, MenuItem } from "@/components/ui/menu";
import { useToast } from "@/components/ui/toast";
import { switchLocale, useI18n } from "@/lib/client/hooks/i18n";
import { LOCALES } from "@/lib/client/hooks/translate";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import { setTheme, THEMES, useTheme } from "@/lib/client/hooks/use-theme";
import type { Person } from "@/lib/client/model";
import { AccountButton } from "./account-button";

/** Open from the start: it is made when somebody asks for it. */
export function AccountMenu({ me }: { me: Person }): ReactElement {
  const { locale, t } = useI18n();
  const theme = useTheme();
  const toast = useToast();
  const errorText = useErrorText();
  const messenger = useMessenger();
  const [forgetting, setForgetting] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const [busy, setBusy] = useState(false);

  const signOut = (forget: boolean): void => {
    setBusy(true);
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
        </MenuHeading>
        <MenuDivider />
        <MenuChoices
          label={t("preferences.theme")}
          value={theme}
          onChange={setTheme}
          choices={THEMES.map((value) => ({
            value,
            label: t(`preferences.${value}`),
            icon: THEME_ICONS[value],
          }))}
        />
        <MenuDivider />
        <MenuChoices
          label={t("preferences.language")}
          value={locale}
          onChange={switchLocale}
          choices={LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value], lang: value }))}
        />
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
