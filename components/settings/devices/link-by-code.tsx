"use client";

import { type ReactElement, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { QrScanner } from "@/components/ui/qr-scanner";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAccount } from "@/lib/client/hooks/use-account";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import type { LinkingActions } from "@/lib/client/model-account";
import { NewcomerCard } from "./newcomer-card";

type Read = Awaited<ReturnType<LinkingActions["read"]>>;

/** The new browser's code by camera, or pasted. */
export function LinkByCode(props: { onSymbols: () => void; onDone: () => void }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const { linking } = useAccount();
  const [camera, setCamera] = useState(true);
  const [pasted, setPasted] = useState("");
  const [found, setFound] = useState<Read | null>(null);
  /** What was looked at last, and what the camera saw last. */
  const asked = useRef("");
  const seen = useRef("");
  const read = useGuardedAction(async (text: string) => {
    asked.current = text;
    setFound(await linking.read(text));
  });
  const confirm = useGuardedAction(async () => {
    await found?.confirm();
    props.onDone();
  });
  const bad = read.error !== null && errorCode(read.error) === "bad-code";
  const badPaste = bad && asked.current !== seen.current;

  if (found) {
    return (
      <>
        <NewcomerCard newcomer={found.newcomer} />
        {confirm.error !== null && <Notice tone="danger">{errorText(confirm.error)}</Notice>}
        <div className="flex flex-wrap justify-end gap-2">
          <Button
            tone="secondary"
            onClick={() => {
              linking.cancel(found.newcomer.id).catch(() => undefined);
              setFound(null);
            }}
          >
            {t("common.cancel")}
          </Button>
          <Button busy={confirm.busy} onClick={confirm.run}>
            {t("linking.confirm")}
          </Button>
        </div>
      </>
    );
  }
  return (
    <>
      {camera ? (
        <div className="flex flex-col gap-3">
          <QrScanner
            label={t("linking.scan")}
            onRead={(text) => {
              // The camera sees the same code many times; a refused one is not asked about again.
              if (text === seen.current) return;
              seen.current = text;
              read.run(text);
            }}
            onUnavailable={() => setCamera(false)}
          />
          <p className="text-center text-soft text-sm">{t("linking.scan")}</p>
        </div>
      ) : (
        <Notice tone="warn">{t("linking.noCamera")}</Notice>
      )}
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          read.run(pasted);
        }}
      >
        <TextField
          label={t("linking.paste")}
          error={badPaste ? t("linking.pasteBad") : undefined}
          value={pasted}
          onChange={(event) => setPasted(event.target.value)}
          required
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          className="font-mono text-sm!"
        />
        {read.error !== null && !badPaste && (
          <Notice tone={bad ? "warn" : "danger"}>
            {bad ? t("linking.notACode") : errorText(read.error)}
          </Notice>
        )}
        <Button type="submit" tone={camera ? "secondary" : "primary"} busy={read.busy}>
          {t("linking.read")}
        </Button>
      </form>
      <Button tone="quiet" onClick={props.onSymbols}>
        {t("linking.compare")}
      </Button>
    </>
  );
}
