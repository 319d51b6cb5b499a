"use client";

import { type ReactElement, useState } from "react";
import { PanelFailed, PanelGroup, PanelSkeleton } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAccount } from "@/lib/client/hooks/use-account";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useLoaded } from "@/lib/client/hooks/use-loaded";
import type { Browser } from "@/lib/client/model-account";
import { BrowserRow } from "./browser-row";
import { LinkBrowser } from "./link-browser";

/** Every browser that is signed in or holds keys, and how to end it. */
export function DevicesPanel(): ReactElement {
  const { t } = useI18n();
  const { sessions } = useAccount();
  const { value: browsers, error, reload } = useLoaded(sessions.browsers);
  if (!browsers) return error ? <PanelFailed error={error} onRetry={reload} /> : <PanelSkeleton />;
  return (
    <>
      <PanelGroup title={t("devices.title")} intro={t("devices.intro")}>
        {error !== null && <PanelFailed error={error} onRetry={reload} />}
        <ul className="flex flex-col divide-y divide-line overflow-hidden rounded-xl border border-line bg-raised">
          {browsers.map((browser) => (
            <BrowserRow key={browser.key} browser={browser} onChange={reload} />
          ))}
        </ul>
        <EndOthers browsers={browsers} onChange={reload} />
      </PanelGroup>
      <LinkBrowser onLinked={reload} />
    </>
  );
}

function EndOthers(props: { browsers: readonly Browser[]; onChange: () => void }): ReactElement | null {
  const { t } = useI18n();
  const { sessions } = useAccount();
  const errorText = useErrorText();
  const [asking, setAsking] = useState(false);
  const { run, busy, error } = useAction(async () => {
    await sessions.endOthers();
    setAsking(false);
    props.onChange();
  });
  if (!props.browsers.some((browser) => !browser.here && browser.sessions.length > 0)) return null;
  return (
    <>
      <Button tone="secondary" icon="signOut" className="self-start" onClick={() => setAsking(true)}>
        {t("devices.endOthers")}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("devices.endOthersTitle")}
        description={t("devices.endOthersBody")}
        confirmLabel={t("devices.endOthers")}
        cancelLabel={t("common.cancel")}
        closeLabel={t("common.close")}
        busy={busy}
        onConfirm={run}
      />
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
    </>
  );
}
