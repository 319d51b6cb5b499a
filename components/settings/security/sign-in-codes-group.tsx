"use client";

import { type ReactElement, useState } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatDate } from "@/lib/client/hooks/time-format";
import { useAccount } from "@/lib/client/hooks/use-account";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import type { CredentialStatus } from "@/lib/client/model-account";
import { SignInCodesSheet } from "./sign-in-codes-sheet";

/** Fewer than this are said to be few. */
const FEW = 3;

export function SignInCodesGroup(props: {
  codes: CredentialStatus["signInCodes"];
  onChange: () => void;
}): ReactElement {
  const { codes, onChange } = props;
  const { t, locale } = useI18n();
  const errorText = useErrorText();
  const { credentials } = useAccount();
  const [made, setMade] = useState<readonly string[] | null>(null);
  const { run, busy, error } = useGuardedAction(async () => {
    setMade(await credentials.makeSignInCodes());
    onChange();
  });
  return (
    <PanelGroup title={t("signInCodes.title")} intro={t("signInCodes.intro")}>
      {codes ? (
        <p className={codes.left < FEW ? "font-medium text-warn" : "font-medium"}>
          {t("signInCodes.left", { count: codes.left, date: formatDate(codes.madeAt, locale) })}
        </p>
      ) : (
        <Notice tone="warn">{t("signInCodes.none")}</Notice>
      )}
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      <div className="flex flex-col items-start gap-2">
        <Button tone={codes ? "secondary" : "primary"} busy={busy} onClick={run}>
          {t(codes ? "signInCodes.replace" : "signInCodes.make")}
        </Button>
        {codes && <p className="text-pretty text-soft text-sm">{t("signInCodes.replaceHint")}</p>}
      </div>
      {made && <SignInCodesSheet codes={made} onDone={() => setMade(null)} />}
    </PanelGroup>
  );
}
