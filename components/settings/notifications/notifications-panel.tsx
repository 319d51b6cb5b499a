"use client";

import { type ReactElement, useState } from "react";
import { PanelFailed, PanelGroup, PanelSkeleton } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { ChoiceRow } from "@/components/ui/choice-row";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import { useI18n } from "@/lib/client/hooks/i18n";
import { NotesTexts } from "@/lib/client/hooks/notes-texts";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { useChangeSettings } from "@/lib/client/hooks/use-notes";
import { useNotificationPermission } from "@/lib/client/hooks/use-notification-permission";
import type { Settings } from "@/lib/client/model-notes";
import { QuietTimeFields } from "./quiet-time-fields";

/** Of what one is told, and how much of it a screen shows. */
export function NotificationsPanel(): ReactElement {
  return (
    <NotesTexts
      loading={<PanelSkeleton />}
      failed={(error, retry) => <PanelFailed error={error} onRetry={retry} />}
    >
      <Groups />
    </NotesTexts>
  );
}

function Groups(): ReactElement {
  const { t } = useI18n();
  const stored = useMessengerState((state) => state.settings);
  /** Chosen here, and on its way. */
  const [chosen, setChosen] = useState<Partial<Settings> | null>(null);
  const settings = { ...stored, ...chosen };
  const changeSettings = useChangeSettings();
  const toast = useToast();
  const errorText = useErrorText();
  const change = (parts: Partial<Settings>): void => {
    const all = { ...chosen, ...parts };
    setChosen(all);
    changeSettings((before) => ({ ...before, ...parts }))
      .catch((error: unknown) => toast(errorText(error)))
      .finally(() => setChosen((latest) => (latest === all ? null : latest)));
  };
  return (
    <>
      <PanelGroup title={t("notify.browserTitle")} intro={t("notify.browserBody")}>
        <Permission />
      </PanelGroup>
      <PanelGroup title={t("notify.showsTitle")} intro={t("notify.showsBody")}>
        <ChoiceRow
          label={t("notify.showsTitle")}
          value={settings.preview}
          onChange={(preview) => change({ preview })}
          choices={[
            { value: "text", label: t("notify.showsText") },
            { value: "name", label: t("notify.showsName") },
            { value: "nothing", label: t("notify.showsNothing") },
          ]}
        />
      </PanelGroup>
      <PanelGroup title={t("notify.quietTitle")} intro={t("notify.quietBody")}>
        <QuietTimeFields quiet={settings.quiet} onChange={(quiet) => change({ quiet })} />
      </PanelGroup>
    </>
  );
}

function Permission(): ReactElement {
  const { t } = useI18n();
  const [permission, ask] = useNotificationPermission();
  return (
    <div aria-live="polite" className="flex flex-col items-start">
      {permission === "default" ? (
        <Button icon="bell" onClick={ask}>
          {t("notify.ask")}
        </Button>
      ) : (
        <Notice {...(permission === "denied" ? { tone: "warn" } : { icon: "bell" })}>
          {t(`notify.${permission}`)}
        </Notice>
      )}
    </div>
  );
}
