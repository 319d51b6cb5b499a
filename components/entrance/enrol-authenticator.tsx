"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { CodeField } from "@/components/ui/code-field";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { EnrolmentTexts } from "@/lib/client/hooks/enrolment-texts";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { useEntrance } from "@/lib/client/hooks/use-entrance";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import type { Entrance } from "@/lib/client/model";
import { AuthenticatorSecret } from "./authenticator-secret";
import { Step } from "./step";

type Started = Awaited<ReturnType<Entrance["startEnrolment"]>>;

/** A new authenticator by an administrator's link: the password, the QR code, its first code. Then one signs in. */
export function EnrolAuthenticator({ enrolment }: { enrolment: string }): ReactElement {
  return (
    <EnrolmentTexts>
      <Enrolment enrolment={enrolment} />
    </EnrolmentTexts>
  );
}

function Enrolment({ enrolment }: { enrolment: string }): ReactElement {
  const { t } = useI18n();
  const entrance = useEntrance();
  const [started, setStarted] = useState<Started | null>(null);
  const [done, setDone] = useState(false);
  if (done) {
    return (
      <Step title={t("enrolment.doneTitle")} intro={t("enrolment.doneIntro")}>
        <Button
          onClick={() => {
            history.replaceState(null, "", location.pathname);
            location.reload();
          }}
        >
          {t("enrolment.signIn")}
        </Button>
      </Step>
    );
  }
  if (!started) {
    return (
      <Password
        onSubmit={async (password) => {
          setStarted(await (await entrance()).startEnrolment({ enrolment, password }));
        }}
      />
    );
  }
  return (
    <NewAuthenticator
      started={started}
      onSubmit={async (code) => {
        const { replacement } = started;
        await (await entrance()).confirmEnrolment({ enrolment, replacement, code });
        setDone(true);
      }}
      onBack={() => setStarted(null)}
    />
  );
}

/** A wrong one of these is said of the field; that the link is over, of the whole. */
function useRefusal(error: unknown, wrong: readonly string[], sentence: string) {
  const { t } = useI18n();
  const errorText = useErrorText();
  const code = error === null ? null : errorCode(error);
  const ofField = code !== null && wrong.includes(code);
  const whole = code === "expired" || code === "bad-request" ? t("enrolment.over") : errorText(error);
  return {
    field: ofField ? sentence : undefined,
    notice: code !== null && !ofField && <Notice tone="danger">{whole}</Notice>,
  };
}

function Password({ onSubmit }: { onSubmit: (password: string) => Promise<void> }): ReactElement {
  const { t } = useI18n();
  const [password, setPassword] = useState("");
  const { run, busy, error, clearError } = useAction(onSubmit);
  const refusal = useRefusal(error, ["bad-credentials", "bad-password"], t("enrolment.wrong"));
  return (
    <Step title={t("enrolment.title")} intro={t("enrolment.intro")}>
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          run(password);
        }}
      >
        <PasswordField
          label={t("enrolment.password")}
          showLabel={t("password.show")}
          hideLabel={t("password.hide")}
          name="password"
          autoComplete="current-password"
          required
          error={refusal.field}
          value={password}
          onChange={(event) => {
            setPassword(event.target.value);
            clearError();
          }}
        />
        {refusal.notice}
        <Button type="submit" busy={busy}>
          {t("enrolment.continue")}
        </Button>
      </form>
    </Step>
  );
}

function NewAuthenticator(props: {
  started: Started;
  onSubmit: (code: string) => Promise<void>;
  onBack: () => void;
}): ReactElement {
  const { totpUri, totpSecret } = props.started;
  const { t } = useI18n();
  const [code, setCode] = useState("");
  const { run, busy, error } = useAction(props.onSubmit);
  const refusal = useRefusal(error, ["bad-code"], t("enrolment.codeWrong"));
  return (
    <Step title={t("enrolment.scanTitle")} intro={t("enrolment.scanIntro")}>
      <AuthenticatorSecret uri={totpUri} secret={totpSecret} />
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          run(code);
        }}
      >
        <CodeField
          label={t("enrolment.code")}
          incomplete={t("code.incomplete")}
          value={code}
          onChange={setCode}
          onComplete={run}
          readOnly={busy}
          error={refusal.field}
        />
        {refusal.notice}
        <Button type="submit" busy={busy}>
          {t("enrolment.finish")}
        </Button>
        <Button tone="quiet" onClick={props.onBack} disabled={busy}>
          {t("common.back")}
        </Button>
      </form>
    </Step>
  );
}
