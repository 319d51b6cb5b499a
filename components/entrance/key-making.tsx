"use client";

import { type ReactElement, Suspense, useCallback, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { lateView } from "@/components/ui/late-view";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { useEntrance } from "@/lib/client/hooks/use-entrance";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import type { Entrance } from "@/lib/client/model";
import { goToMessenger } from "./destinations";
import { RecoveryPaper } from "./recovery-paper";
import { Step } from "./step";
import { usePlace } from "./use-place";
import { warmMessenger } from "./warm-messenger";

/** Arrives while the code is being saved. */
const loadCheck = () => import("./recovery-check");
const RecoveryCheck = lateView(async () => (await loadCheck()).RecoveryCheck);

type PreparedKeys = Awaited<ReturnType<Entrance["prepareKeys"]>>;

/** Keys are made, their recovery code is saved and typed back in part, and only then do they count. */
export function KeyMaking(props: {
  /** Known to be the right place. */
  arrived?: boolean;
}): ReactElement {
  const here = usePlace("keys", !props.arrived) || props.arrived === true;
  const entrance = useEntrance();
  const [keys, setKeys] = useState<PreparedKeys | null>(null);
  const [saved, setSaved] = useState(false);
  const prepare = useCallback(async () => setKeys(await (await entrance()).prepareKeys()), [entrance]);
  useEffect(() => void loadCheck().catch(() => undefined), []);
  useEffect(() => void (keys && warmMessenger().catch(() => undefined)), [keys]);

  if (!keys) return <Making ready={here} prepare={prepare} />;
  if (!saved) return <RecoveryPaper code={keys.recoveryCode} onSaved={() => setSaved(true)} />;
  return (
    <Suspense>
      <RecoveryCheck
        code={keys.recoveryCode}
        onPassed={async () => {
          await keys.commit();
          goToMessenger();
        }}
        onBack={() => setSaved(false)}
      />
    </Suspense>
  );
}

function Making(props: { ready: boolean; prepare: () => Promise<void> }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const { run, error } = useAction(props.prepare);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as soon as this is known to be the right place.
  useEffect(() => {
    if (props.ready) run();
  }, [props.ready]);
  return (
    <Step title={t("keys.makingTitle")} intro={t("keys.makingBody")}>
      {error === null ? (
        <div role="status" className="h-1 overflow-hidden rounded-full bg-line">
          <span className="sr-only">{t("common.loading")}</span>
          <div className="h-full w-full animate-breathe bg-accent" />
        </div>
      ) : (
        <>
          <Notice tone="danger">{errorText(error)}</Notice>
          <Button onClick={run}>{t("common.retry")}</Button>
        </>
      )}
    </Step>
  );
}
