"use client";

import type { ReactElement } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatTime } from "@/lib/client/hooks/time-format";
import { useAccount } from "@/lib/client/hooks/use-account";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";

/** What the newest self-test found, and another one. */
export function SelfTestGroup(): ReactElement {
  const { t, locale } = useI18n();
  const errorText = useErrorText();
  const { keys } = useAccount();
  const test = useMessengerState((state) => state.selfTest);
  const conversations = useMessengerState((state) => state.conversations);
  const { run, busy, error } = useAction(keys.check);
  const nameOf = (id: string) => conversations?.find((one) => one.id === id)?.peer?.displayName ?? "";
  return (
    <PanelGroup title={t("selfTest.title")} intro={t("selfTest.intro")}>
      <div role="status" className="flex flex-col gap-2">
        {test && test.tested === 0 && <p className="text-soft">{t("selfTest.nothing")}</p>}
        {test && test.tested > 0 && test.failures.length === 0 && (
          <Notice icon="check">
            {t("selfTest.fine", { count: test.tested, time: formatTime(test.at, locale, "moment") })}
          </Notice>
        )}
        {test?.failures.map(({ conversation, cause }) => (
          <Notice key={conversation} tone="warn">
            <p className="font-medium">{nameOf(conversation)}</p>
            <p>{t(`selfTest.${cause}`)}</p>
          </Notice>
        ))}
      </div>
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      <Button tone="secondary" icon="retry" className="self-start" busy={busy} onClick={run}>
        {t("selfTest.again")}
      </Button>
    </PanelGroup>
  );
}
