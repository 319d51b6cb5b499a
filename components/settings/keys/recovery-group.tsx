"use client";

import { type ReactElement, Suspense, useState } from "react";
import { PanelGroup, PanelSkeleton } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { lateView } from "@/components/ui/late-view";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatDate } from "@/lib/client/hooks/time-format";
import { useAccount } from "@/lib/client/hooks/use-account";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useStepUp } from "@/lib/client/hooks/use-step-up";
import type { KeyActions, KeyStatus } from "@/lib/client/model-account";
import { RecoverySheet } from "./recovery-sheet";

const RecoveryPaper = lateView(
  async () => (await import("@/components/entrance/recovery-paper")).RecoveryPaper,
);
const RecoveryCheck = lateView(
  async () => (await import("@/components/entrance/recovery-check")).RecoveryCheck,
);

type Prepared = Awaited<ReturnType<KeyActions["prepareRecoveryCode"]>>;

/** How old the recovery code is, and its replacement: shown, saved, typed back in part; only then it counts. */
export function RecoveryGroup(props: { status: KeyStatus; onChange: () => void }): ReactElement {
  const { status, onChange } = props;
  const { t, locale } = useI18n();
  const errorText = useErrorText();
  const { keys } = useAccount();
  const [prepared, setPrepared] = useState<Prepared | null>(null);
  const [done, setDone] = useState(false);
  const { run, busy, error } = useAction(async () => {
    setDone(false);
    setPrepared(await keys.prepareRecoveryCode());
  });
  return (
    <PanelGroup title={t("recoveryCode.title")} intro={t("recoveryCode.intro")}>
      {done && (
        <Notice icon="check">
          <span role="status">{t("recoveryCode.done")}</span>
        </Notice>
      )}
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      {prepared ? (
        <Replacement
          prepared={prepared}
          onDone={() => {
            setPrepared(null);
            setDone(true);
            onChange();
          }}
          onCancel={() => setPrepared(null)}
        />
      ) : (
        <>
          <p className="font-medium">
            {t("recoveryCode.madeOn", { date: formatDate(status.recoveryMadeAt, locale) })}
          </p>
          {status.recoveryReminder && <Notice>{t(`recoveryCode.${status.recoveryReminder}`)}</Notice>}
          <Button
            tone={status.recoveryReminder ? "primary" : "secondary"}
            className="self-start"
            busy={busy}
            onClick={run}
          >
            {t("recoveryCode.replace")}
          </Button>
        </>
      )}
    </PanelGroup>
  );
}

function Replacement(props: { prepared: Prepared; onDone: () => void; onCancel: () => void }): ReactElement {
  const { prepared, onDone, onCancel } = props;
  const { t } = useI18n();
  const { guard } = useStepUp();
  const [saved, setSaved] = useState(false);
  return (
    <div className="flex max-w-md flex-col gap-3 rounded-xl border border-line p-4 sm:p-5">
      <Suspense fallback={<PanelSkeleton />}>
        {saved ? (
          <RecoveryCheck
            heading="h4"
            code={prepared.recoveryCode}
            onPassed={async () => {
              await guard(prepared.commit);
              onDone();
            }}
            onBack={() => setSaved(false)}
          />
        ) : (
          <RecoveryPaper
            heading="h4"
            intro={t("recoveryCode.sheet")}
            code={prepared.recoveryCode}
            onSaved={() => setSaved(true)}
          />
        )}
      </Suspense>
      <Button tone="quiet" onClick={onCancel}>
        {t("recoveryCode.keep")}
      </Button>
      <RecoverySheet code={prepared.recoveryCode} />
    </div>
  );
}
