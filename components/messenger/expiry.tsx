"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatClock } from "@/lib/client/hooks/time-format";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import { useSessionEnd } from "@/lib/client/hooks/use-session-end";
import { AttentionBar } from "./attention-bar";

/** A word before the session is over, and a way to stay or to begin another one. */
export function Expiry(): ReactElement | null {
  const { t, locale } = useI18n();
  const messenger = useMessenger();
  const toast = useToast();
  const errorText = useErrorText();
  const { end, stay } = useSessionEnd();
  const [later, setLater] = useState(false);
  if (!end) return null;
  const failed = (error: unknown): void => toast(errorText(error));
  const time = formatClock(end.at, locale);
  if (end.limit === "idle") {
    return (
      <AttentionBar icon="clock" title={t("expiry.title", { time })} body={t("expiry.idle")}>
        <Button onClick={() => stay().catch(failed)}>{t("expiry.stay")}</Button>
      </AttentionBar>
    );
  }
  if (later) return null;
  return (
    <AttentionBar icon="clock" title={t("expiry.title", { time })} body={t("expiry.absolute")}>
      <Button tone="quiet" onClick={() => setLater(true)}>
        {t("expiry.later")}
      </Button>
      <Button onClick={() => messenger.signOut({ forget: false }).catch(failed)}>{t("expiry.again")}</Button>
    </AttentionBar>
  );
}
