"use client";

import { clsx } from "clsx";
import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, INPUT_CLASS } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { useEntrance } from "@/lib/client/hooks/use-entrance";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useFocusWrong } from "@/lib/client/hooks/use-focus-wrong";
import { kindOfCode } from "@/lib/protocol/sign-in-code";
import { goWhereItBelongs, PATHS } from "./destinations";
import { Step } from "./step";
import { usePlace } from "./use-place";

export function Recovery(): ReactElement {
  usePlace("recover");
  const { t } = useI18n();
  const errorText = useErrorText();
  const entrance = useEntrance();
  const [code, setCode] = useState("");
  const [empty, setEmpty] = useState(0);
  const unlock = useAction(async () => {
    const door = await entrance();
    await door.recover(code);
    await goWhereItBelongs(door);
  });
  const leave = useAction(async () => {
    await (await entrance()).signOut();
    location.assign(PATHS["sign-in"]);
  });
  const mistyped = unlock.error !== null && errorCode(unlock.error) === "bad-code";
  const refused = leave.error ?? (mistyped ? null : unlock.error);
  return (
    <Step title={t("recover.title")} intro={t("recover.body")}>
      <form
        ref={useFocusWrong(empty)}
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (code.trim() === "") setEmpty(empty + 1);
          else unlock.run();
        }}
      >
        <Field
          label={t("recover.code")}
          hint={t("recover.codeHint")}
          error={
            empty > 0
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
                setEmpty(0);
              }}
              onKeyDown={(event) => {
                if (event.key !== "Enter") return;
                event.preventDefault();
                event.currentTarget.form?.requestSubmit();
              }}
              required
              rows={3}
              disabled={unlock.busy}
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
        <Button type="submit" busy={unlock.busy}>
          {t("recover.submit")}
        </Button>
      </form>
      <div className="flex flex-col gap-1 border-line border-t pt-5">
        <h2 className="font-medium">{t("recover.lostTitle")}</h2>
        <p className="text-pretty text-soft">{t("recover.lostBody")}</p>
        <Button
          tone="quiet"
          icon="signOut"
          className="-mx-4 mt-2 self-start"
          onClick={leave.run}
          busy={leave.busy}
        >
          {t("recover.signOut")}
        </Button>
      </div>
    </Step>
  );
}
