"use client";

import { type ReactElement, useEffect, useState } from "react";
import { KeysDialog } from "@/components/messenger/keyboard-help";
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

/** There are no words to put into a dialog. */
function NotOpened({ error, onClose }: { error: unknown; onClose: () => void }): null {
  const toast = useToast();
  const errorText = useErrorText();
  // biome-ignore lint/correctness/useExhaustiveDependencies: said once for each failure.
  useEffect(() => {
    toast(errorText(error));
    onClose();
  }, [error]);
  return null;
}
