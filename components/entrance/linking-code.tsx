"use client";

import type { ReactElement } from "react";
import { useSecondsLeft } from "@/components/linking/use-seconds-left";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { useI18n } from "@/lib/client/hooks/i18n";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import type { Entrance } from "@/lib/client/model";
import type { LinkByCode } from "@/lib/client/model-account";
import { goToMessenger } from "./destinations";
import { QrCode } from "./qr-code";
import { Step } from "./step";
import { useLink } from "./use-link";

const begin = (entrance: Entrance) => entrance.linkByCode();

async function wait(link: LinkByCode, signal: AbortSignal): Promise<void> {
  await link.finish(signal);
  goToMessenger();
}

export function LinkingCode(props: { onSymbols: () => void; onBack: () => void }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const { link, error, again } = useLink(begin, wait);
  const left = useSecondsLeft(link?.expiresAt ?? null);
  const over = error !== null || (link !== null && left === 0);
  return (
    <Step title={t("linking.newcomerTitle")} intro={t("linking.newcomerIntro")}>
      {over ? (
        <Notice tone="warn">
          {error === null || errorCode(error) === "link-expired" ? t("linking.expired") : errorText(error)}
        </Notice>
      ) : (
        <div className="flex flex-col items-start gap-3">
          {link ? (
            <QrCode text={link.code} label={t("linking.qr")} />
          ) : (
            <Skeleton className="size-52 rounded-xl" />
          )}
          <p className="text-faint text-sm tabular-nums">{t("linking.secondsLeft", { seconds: left })}</p>
          {link && <CopyButton text={link.code} label={t("linking.copy")} doneLabel={t("common.copied")} />}
        </div>
      )}
      <div className="flex flex-col items-start gap-1">
        <Button className="mb-2" tone={over ? "primary" : "secondary"} icon="retry" onClick={again}>
          {t("linking.newCode")}
        </Button>
        <Button tone="quiet" className="-mx-4" onClick={props.onSymbols}>
          {t("linking.compare")}
        </Button>
        <Button tone="quiet" className="-mx-4" onClick={props.onBack}>
          {t("linking.back")}
        </Button>
      </div>
    </Step>
  );
}
