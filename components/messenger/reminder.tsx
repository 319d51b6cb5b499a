"use client";

import { type ReactElement, useState } from "react";
import { AccountTexts } from "@/lib/client/hooks/account-texts";
import { useI18n } from "@/lib/client/hooks/i18n";
import { AccountProvider, useAccount } from "@/lib/client/hooks/use-account";
import { useLoaded } from "@/lib/client/hooks/use-loaded";
import { openSettings } from "@/lib/client/hooks/use-settings-route";
import { useSnooze } from "@/lib/client/hooks/use-snooze";
import { ReminderCard } from "./reminder-card";

const WEEK_MS = 7 * 24 * 60 * 60_000;
const MONTH_MS = 30 * 24 * 60 * 60_000;

/** Below the conversations: what the person has left to do so that a lost phone does not keep them out. */
export function Reminder(): ReactElement {
  return (
    <AccountTexts>
      <AccountProvider loading={null} failed={() => null}>
        <SignInCodesReminder otherwise={<RecoveryCodeReminder />} />
      </AccountProvider>
    </AccountTexts>
  );
}

/** One thing at a time: what keeps somebody out comes first. */
function SignInCodesReminder({ otherwise }: { otherwise: ReactElement }): ReactElement {
  const { t } = useI18n();
  const { credentials } = useAccount();
  const { value: status } = useLoaded(credentials.status);
  const [later, setLater] = useState(false);
  const [snoozed, snooze] = useSnooze("sign-in-codes", WEEK_MS);
  if (!status || later) return otherwise;
  const { authenticatorMissed: missed, signInCodes } = status;
  if (!missed && (signInCodes !== null || snoozed)) return otherwise;
  return (
    <ReminderCard
      title={t(missed ? "reminder.missedTitle" : "reminder.codesTitle")}
      body={t(missed ? "reminder.missedBody" : "reminder.codesBody")}
      doLabel={t(missed ? "reminder.missedDo" : "reminder.codesDo")}
      onDo={() => openSettings("security")}
      onLater={() => (missed ? setLater(true) : snooze())}
    />
  );
}

/** The recovery code is from before a renewal, or has lain somewhere for a year. */
function RecoveryCodeReminder(): ReactElement | null {
  const { t } = useI18n();
  const { keys } = useAccount();
  const { value: reason } = useLoaded(keys.recoveryReminder);
  const [snoozed, snooze] = useSnooze("recovery-code", MONTH_MS);
  if (!reason || snoozed) return null;
  return (
    <ReminderCard
      title={t("reminder.recoveryTitle")}
      body={t(`recoveryCode.${reason}`)}
      doLabel={t("reminder.recoveryDo")}
      onDo={() => openSettings("keys")}
      onLater={snooze}
    />
  );
}
