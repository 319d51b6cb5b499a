"use client";

import { type ReactElement, useState } from "react";
import { StrengthMeter } from "@/components/entrance/strength-meter";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAccount } from "@/lib/client/hooks/use-account";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import { LIMITS } from "@/lib/protocol/limits";

type View = "closed" | "open" | "done";

/** @param min how many characters the server asks for */
export function PasswordGroup({ min }: { min: number }): ReactElement {
  const { t } = useI18n();
  const [view, setView] = useState<View>("closed");
  return (
    <PanelGroup title={t("password.title")} intro={t("password.intro")}>
      {view === "done" && (
        <Notice icon="check">
          <span role="status">{t("password.done")}</span>
        </Notice>
      )}
      {view === "open" ? (
        <PasswordForm min={min} onDone={() => setView("done")} onCancel={() => setView("closed")} />
      ) : (
        <Button tone="secondary" className="self-start" onClick={() => setView("open")}>
          {t("password.change")}
        </Button>
      )}
    </PanelGroup>
  );
}

function PasswordForm(props: { min: number; onDone: () => void; onCancel: () => void }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const { credentials } = useAccount();
  const me = useMessengerState((state) => state.me);
  const [password, setPassword] = useState("");
  const [short, setShort] = useState(false);
  const { run, busy, error, clearError } = useGuardedAction(async () => {
    await credentials.changePassword(password);
    props.onDone();
  });
  const { min } = props;
  const { max } = LIMITS.passwordChars;
  const refused = error !== null && ["bad-password", "weak-password"].includes(errorCode(error));
  return (
    <form
      noValidate
      className="flex max-w-md flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        const misfit = password.length < min || password.length > max;
        setShort(misfit);
        if (misfit) event.currentTarget.querySelector("input")?.focus();
        else run();
      }}
    >
      {/* For password managers, which file a password under a name. */}
      <input type="text" name="username" autoComplete="username" value={me?.name ?? ""} readOnly hidden />
      <PasswordField
        label={t("password.new")}
        hint={t("register.passwordHint", { min })}
        error={short ? t("register.passwordLength", { min, max }) : refused ? errorText(error) : undefined}
        showLabel={t("password.show")}
        hideLabel={t("password.hide")}
        name="new-password"
        autoComplete="new-password"
        autoFocus
        required
        readOnly={busy}
        value={password}
        onChange={(event) => {
          setPassword(event.target.value);
          setShort(false);
          if (refused) clearError();
        }}
      />
      <StrengthMeter password={password} min={min} personal={me ? [me.name, me.displayName] : []} />
      {error !== null && !refused && <Notice tone="danger">{errorText(error)}</Notice>}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={busy}>
          {t("password.submit")}
        </Button>
        <Button tone="quiet" disabled={busy} onClick={props.onCancel}>
          {t("common.cancel")}
        </Button>
      </div>
    </form>
  );
}
