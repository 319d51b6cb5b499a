"use client";

import { clsx } from "clsx";
import { type ReactElement, Suspense, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, INPUT_CLASS } from "@/components/ui/field";
import { lateView } from "@/components/ui/late-view";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { useEntrance } from "@/lib/client/hooks/use-entrance";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useFocusWrong } from "@/lib/client/hooks/use-focus-wrong";
import { useTouched } from "@/lib/client/hooks/use-touched";
import { kindOfCode } from "@/lib/protocol/sign-in-code";
import { goToMessenger } from "./destinations";
import { PATHS, REFUSED } from "./places";
import { Step } from "./step";
import { usePlace } from "./use-place";
import { warmMessenger } from "./warm-messenger";

/** What few need, and only after they asked for it. */
const LinkThisBrowser = lateView(async () => (await import("./link-this-browser")).LinkThisBrowser);
const StartAnew = lateView(async () => (await import("./start-anew")).StartAnew);
const VaultRefused = lateView(async () => (await import("./vault-refused")).VaultRefused);

export function Recovery(props: {
  /** Known to be the right place. */
  arrived?: boolean;
}): ReactElement {
  usePlace("recover", !props.arrived);
  const touched = useTouched();
  useEffect(() => void (touched && warmMessenger().catch(() => undefined)), [touched]);
  const { t } = useI18n();
  const errorText = useErrorText();
  const entrance = useEntrance();
  const [code, setCode] = useState("");
  const [empty, setEmpty] = useState(false);
  const [tries, setTries] = useState(0);
  const [way, setWay] = useState<"link" | "anew" | null>(null);
  const unlock = useAction(async () => {
    await (await entrance()).recover(code);
    goToMessenger();
  });
  const leave = useAction(async () => {
    await (await entrance()).signOut();
    location.assign(PATHS["sign-in"]);
  });
  const form = useFocusWrong(unlock.busy ? 0 : tries);
  const [sent, setSent] = useState(false);
  useEffect(() => setSent(location.hash === REFUSED), []);
  const mistyped = unlock.error !== null && errorCode(unlock.error) === "bad-code";
  const refused = leave.error ?? (mistyped ? null : unlock.error);
  if (sent || (unlock.error !== null && errorCode(unlock.error) === "vault-refused"))
    return (
      <Suspense>
        <VaultRefused />
      </Suspense>
    );
  if (way) {
    const View = way === "link" ? LinkThisBrowser : StartAnew;
    return (
      <Suspense>
        <View onBack={() => setWay(null)} />
      </Suspense>
    );
  }
  return (
    <Step title={t("recover.title")} intro={t("recover.body")}>
      <Button icon="monitor" onClick={() => setWay("link")}>
        {t("recover.another")}
      </Button>
      <h2 className="border-line border-t pt-5 font-medium">{t("recover.or")}</h2>
      <form
        ref={form}
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          const nothing = code.trim() === "";
          setEmpty(nothing);
          setTries(tries + 1);
          if (!nothing) unlock.run();
        }}
      >
        <Field
          label={t("recover.code")}
          hint={t("recover.codeHint")}
          error={
            empty
              ? t("recover.missing")
              : mistyped
                ? t(kindOfCode(code) === "sign-in" ? "recover.isSignInCode" : "recover.bad")
                : undefined
          }
        >
          {(links) => (
            <textarea
              {...links}
              value={code}
              onChange={(event) => {
                setCode(event.target.value);
                setEmpty(false);
              }}
              onKeyDown={(event) => {
                if (event.key !== "Enter") return;
                event.preventDefault();
                event.currentTarget.form?.requestSubmit();
              }}
              required
              rows={3}
              readOnly={unlock.busy}
              autoComplete="off"
              autoCapitalize="characters"
              autoCorrect="off"
              spellCheck={false}
              placeholder="XXXX-XXXX-XXXX-…"
              className={clsx(INPUT_CLASS, "resize-none font-mono uppercase tracking-wider")}
            />
          )}
        </Field>
        {refused !== null && <Notice tone="danger">{errorText(refused)}</Notice>}
        <Button type="submit" tone="secondary" busy={unlock.busy}>
          {t("recover.submit")}
        </Button>
      </form>
      <div className="flex flex-col gap-1 border-line border-t pt-5">
        <h2 className="font-medium">{t("recover.lostTitle")}</h2>
        <p className="text-pretty text-soft">{t("recover.lostBody")}</p>
        <div className="-mx-4 mt-2 flex flex-wrap">
          <Button tone="quiet" onClick={() => setWay("anew")}>
            {t("recover.lost")}
          </Button>
          <Button tone="quiet" icon="signOut" onClick={leave.run} busy={leave.busy}>
            {t("recover.signOut")}
          </Button>
        </div>
      </div>
    </Step>
  );
}
