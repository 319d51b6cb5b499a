"use client";

import { type ReactElement, useState } from "react";
import { AuthenticatorSecret } from "@/components/entrance/authenticator-secret";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { CodeField } from "@/components/ui/code-field";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAccount } from "@/lib/client/hooks/use-account";
import { useAction } from "@/lib/client/hooks/use-action";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import type { NewAuthenticator } from "@/lib/client/model-account";

/** @param missed the last code was a sign-in code: the authenticator may be lost */
export function AuthenticatorGroup(props: { missed: boolean; onReplaced: () => void }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const { credentials } = useAccount();
  const [started, setStarted] = useState<NewAuthenticator | null>(null);
  const [done, setDone] = useState(false);
  const start = useGuardedAction(async () => {
    setDone(false);
    setStarted(await credentials.startAuthenticator());
  });
  return (
    <PanelGroup title={t("authenticator.title")} intro={t("authenticator.intro")}>
      {props.missed && <Notice tone="warn">{t("authenticator.missed")}</Notice>}
      {done && (
        <Notice icon="check">
          <span role="status">{t("authenticator.done")}</span>
        </Notice>
      )}
      {start.error !== null && <Notice tone="danger">{errorText(start.error)}</Notice>}
      {started ? (
        <Confirmation
          started={started}
          onDone={() => {
            setStarted(null);
            setDone(true);
            props.onReplaced();
          }}
          onCancel={() => setStarted(null)}
        />
      ) : (
        <Button
          tone={props.missed ? "primary" : "secondary"}
          className="self-start"
          busy={start.busy}
          onClick={start.run}
        >
          {t("authenticator.replace")}
        </Button>
      )}
    </PanelGroup>
  );
}

function Confirmation(props: {
  started: NewAuthenticator;
  onDone: () => void;
  onCancel: () => void;
}): ReactElement {
  const { started, onDone, onCancel } = props;
  const { t } = useI18n();
  const errorText = useErrorText();
  const { credentials } = useAccount();
  const [code, setCode] = useState("");
  const { run, busy, error } = useAction(async (digits: string) => {
    await credentials.confirmAuthenticator({ replacement: started.replacement, code: digits });
    onDone();
  });
  const wrong = error !== null && ["bad-code", "bad-request"].includes(errorCode(error));
  return (
    <form
      className="flex max-w-md flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        run(code);
      }}
    >
      <p className="text-pretty text-soft">{t("authenticator.scan")}</p>
      <AuthenticatorSecret uri={started.totpUri} secret={started.totpSecret} />
      <CodeField
        label={t("authenticator.code")}
        incomplete={t("code.incomplete")}
        value={code}
        onChange={setCode}
        onComplete={run}
        readOnly={busy}
        error={wrong ? t("register.totpBad") : undefined}
      />
      {error !== null && !wrong && <Notice tone="danger">{errorText(error)}</Notice>}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={busy}>
          {t("authenticator.submit")}
        </Button>
        <Button tone="quiet" disabled={busy} onClick={onCancel}>
          {t("authenticator.keep")}
        </Button>
      </div>
    </form>
  );
}
