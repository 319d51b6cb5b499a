"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { AccountTexts } from "@/lib/client/hooks/account-texts";
import { useI18n } from "@/lib/client/hooks/i18n";
import { AccountProvider, useAccount } from "@/lib/client/hooks/use-account";
import { useLoaded } from "@/lib/client/hooks/use-loaded";
import { openSettings } from "@/lib/client/hooks/use-settings-route";
import { useSnooze } from "@/lib/client/hooks/use-snooze";

const WEEK_MS = 7 * 24 * 60 * 60_000;

/** Below the conversations: what the person has left to do so that a lost phone does not keep them out. */
export function Reminder(): ReactElement {
  return (
    <AccountTexts>
      <AccountProvider loading={null} failed={() => null}>
        <SignInCodesReminder />
      </AccountProvider>
    </AccountTexts>
  );
}

function SignInCodesReminder(): ReactElement | null {
  const { t } = useI18n();
  const { credentials } = useAccount();
  const { value: status } = useLoaded(credentials.status);
  const [later, setLater] = useState(false);
  const [snoozed, snooze] = useSnooze("sign-in-codes", WEEK_MS);
  if (!status || later) return null;
  const { authenticatorMissed: missed, signInCodes } = status;
  if (!missed && (signInCodes !== null || snoozed)) return null;
  return (
    <section className="m-3 mt-1 flex animate-fade flex-col gap-1 rounded-xl border border-line bg-raised p-3.5">
      <h2 className="font-semibold">{t(missed ? "reminder.missedTitle" : "reminder.codesTitle")}</h2>
      <p className="text-pretty text-sm text-soft">
        {t(missed ? "reminder.missedBody" : "reminder.codesBody")}
      </p>
      <div className="flex flex-wrap gap-1.5 pt-2">
        <Button tone="secondary" onClick={() => openSettings("security")}>
          {t(missed ? "reminder.missedDo" : "reminder.codesDo")}
        </Button>
        <Button tone="quiet" onClick={() => (missed ? setLater(true) : snooze())}>
          {t("reminder.later")}
        </Button>
      </div>
    </section>
  );
}
