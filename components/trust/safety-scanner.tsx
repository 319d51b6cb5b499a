"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { QrScanner } from "@/components/ui/qr-scanner";
import { useI18n } from "@/lib/client/hooks/i18n";

export function SafetyScanner(props: {
  name: string;
  onRead: (text: string) => void;
  onStop: () => void;
}): ReactElement {
  const { name, onRead, onStop } = props;
  const { t } = useI18n();
  const [unavailable, setUnavailable] = useState(false);
  if (unavailable) return <Notice tone="warn">{t("trust.noCamera")}</Notice>;
  return (
    <div className="flex flex-col items-center gap-3">
      <QrScanner
        label={t("trust.scan", { name })}
        onRead={onRead}
        onUnavailable={() => setUnavailable(true)}
      />
      <p className="text-center text-soft text-sm">{t("trust.scanning", { name })}</p>
      <Button tone="quiet" onClick={onStop}>
        {t("trust.stopScan")}
      </Button>
    </div>
  );
}
