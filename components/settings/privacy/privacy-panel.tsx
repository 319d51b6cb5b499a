"use client";

import type { ReactElement } from "react";
import { BlockedPeople } from "@/components/people/blocked-people";
import { usePresence } from "@/components/presence/use-presence";
import { PanelGroup, PanelSkeleton } from "@/components/settings/panel";
import { Notice } from "@/components/ui/notice";
import { SwitchField } from "@/components/ui/switch-field";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAccount } from "@/lib/client/hooks/use-account";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";

/** What others see of what one does here. The same in all browsers of the account. */
export function PrivacyPanel(): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const { profile } = useAccount();
  const presence = usePresence();
  const visibility = useMessengerState((state) => state.visibility);
  const set = useAction(profile.setVisibility);
  if (!visibility || !presence) return <PanelSkeleton />;
  return (
    <>
      {set.error !== null && <Notice tone="danger">{errorText(set.error)}</Notice>}
      <PanelGroup title={t("privacy.presence")} intro={t("privacy.presenceIntro")}>
        <presence.AvailabilityCards />
      </PanelGroup>
      <PanelGroup title={t("privacy.reading")}>
        <SwitchField
          label={t("privacy.readStates")}
          hint={t("privacy.readStatesHint")}
          on={visibility.readStates}
          onChange={(readStates) => set.run({ readStates })}
        />
        <SwitchField
          label={t("privacy.typing")}
          hint={t("privacy.typingHint")}
          on={visibility.typing}
          onChange={(typing) => set.run({ typing })}
        />
        <p className="text-pretty text-soft text-sm">{t("privacy.kept")}</p>
      </PanelGroup>
      <BlockedPeople />
    </>
  );
}
