"use client";

import { type ReactElement, useState } from "react";
import { KeysDialog } from "@/components/messenger/keyboard-help";
import { NotOpened } from "@/components/ui/not-opened";
import { useToast } from "@/components/ui/toast";
import { AccountTexts } from "@/lib/client/hooks/account-texts";
import { useI18n } from "@/lib/client/hooks/i18n";
import { loadSayingTexts } from "@/lib/client/hooks/saying-texts";
import { SwitcherTexts } from "@/lib/client/hooks/switcher-texts";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { SwitcherDialog } from "./switcher-dialog";

interface SwitcherProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Goes to any conversation, person, room or command by a few letters. */
export function Switcher(props: SwitcherProps): ReactElement {
  const { locale } = useI18n();
  const toast = useToast();
  const errorText = useErrorText();
  const [keys, setKeys] = useState(false);
  const close = (): void => props.onOpenChange(false);
  const showKeys = (): void => {
    loadSayingTexts(locale).then(
      () => setKeys(true),
      (error: unknown) => toast(errorText(error)),
    );
  };
  const failed = (error: unknown): ReactElement => <NotOpened error={error} onClose={close} />;
  return (
    <>
      <SwitcherTexts failed={failed}>
        <AccountTexts failed={failed}>
          <SwitcherDialog {...props} onKeys={showKeys} />
        </AccountTexts>
      </SwitcherTexts>
      {keys && <KeysDialog onClose={() => setKeys(false)} />}
    </>
  );
}
