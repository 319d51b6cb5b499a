"use client";

import { type ReactElement, useState } from "react";
import { QrCode } from "@/components/entrance/qr-code";
import { Button } from "@/components/ui/button";
import { Mark } from "@/components/ui/mark";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatDate } from "@/lib/client/hooks/time-format";
import { useAccount } from "@/lib/client/hooks/use-account";
import { useAction } from "@/lib/client/hooks/use-action";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import type { Person } from "@/lib/client/model";
import type { TrustStanding } from "@/lib/client/model-account";
import { SafetyScanner } from "./safety-scanner";

type Result = "match" | "mismatch" | "not-a-code" | null;

export function Compare(props: {
  peer: Person;
  standing: TrustStanding;
  onChange: () => void;
  onAccepted: () => void;
}): ReactElement {
  const { peer, standing, onChange, onAccepted } = props;
  const { offer, changed } = standing;
  const { t } = useI18n();
  const errorText = useErrorText();
  const { trust } = useAccount();
  const [scanning, setScanning] = useState(false);
  const [result, setResult] = useState<Result>(null);
  const name = peer.displayName;
  const mark = useAction(async (verified: boolean) => {
    await (verified ? trust.verify : trust.unverify)(peer.id, offer);
    setResult(null);
    onChange();
  });
  const accept = useAction(async () => {
    await trust.accept(peer.id, offer);
    if (result === "match") await trust.verify(peer.id, offer);
    onAccepted();
  });
  const judge = useAction(async (text: string) => {
    setScanning(false);
    const matches = await trust.matches(peer.id, offer, text).catch((error: unknown) => {
      if (errorCode(error) === "bad-code") return null;
      throw error;
    });
    setResult(matches === null ? "not-a-code" : matches ? "match" : "mismatch");
    if (!matches || changed) return;
    await trust.verify(peer.id, offer);
    onChange();
  });
  const error = mark.error ?? accept.error ?? judge.error;

  return (
    <div className="flex flex-col gap-5">
      {changed ? (
        <Notice tone="danger">
          <p className="font-medium">{t("trust.changedTitle", { name })}</p>
          <p>{t("trust.changed", { name })}</p>
        </Notice>
      ) : (
        <p className="text-pretty text-soft">{t("trust.intro", { name })}</p>
      )}
      {result && (
        <Notice tone={result === "match" ? "info" : "danger"} icon={result === "match" ? "check" : "alert"}>
          {t(
            result === "match" ? "trust.match" : result === "mismatch" ? "trust.mismatch" : "trust.notACode",
            { name },
          )}
        </Notice>
      )}
      {scanning ? (
        <SafetyScanner name={name} onRead={judge.run} onStop={() => setScanning(false)} />
      ) : (
        <div className="flex flex-col items-center gap-3">
          <QrCode text={standing.code} label={t("trust.qr", { name })} small={changed} />
          <p className="text-center text-faint text-sm">{t("trust.qrHint", { name })}</p>
        </div>
      )}
      <ol
        aria-label={t("trust.number")}
        className="grid grid-cols-4 justify-items-center gap-y-2 rounded-xl bg-shade px-2 py-3 font-mono text-lg tabular-nums"
      >
        {standing.number.map((group, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups may repeat, and keep their places.
          <li key={i}>{group}</li>
        ))}
      </ol>
      {standing.verifiedAt !== null && !changed && <Verified at={standing.verifiedAt} />}
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      <div className="flex flex-col gap-2">
        {!scanning && (
          <Button tone="secondary" icon="scan" onClick={() => setScanning(true)}>
            {t("trust.scan", { name })}
          </Button>
        )}
        {changed ? (
          <>
            <Button tone="danger" busy={accept.busy} onClick={accept.run}>
              {t("trust.accept")}
            </Button>
            <p className="text-pretty text-soft text-sm">{t("trust.acceptHint")}</p>
          </>
        ) : standing.verifiedAt === null ? (
          <Button busy={mark.busy || judge.busy} onClick={() => mark.run(true)}>
            {t("trust.verify")}
          </Button>
        ) : (
          <Button tone="quiet" busy={mark.busy} onClick={() => mark.run(false)}>
            {t("trust.unverify")}
          </Button>
        )}
      </div>
    </div>
  );
}

function Verified({ at }: { at: number }): ReactElement {
  const { t, locale } = useI18n();
  return (
    <p className="flex items-center gap-2.5 font-medium">
      <Mark className="size-6" />
      {t("trust.isVerified", { date: formatDate(at, locale) })}
    </p>
  );
}
