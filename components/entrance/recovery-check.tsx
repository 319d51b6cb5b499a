"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useFocusWrong } from "@/lib/client/hooks/use-focus-wrong";
import { isSameGroup, pickTwo, recoveryGroups } from "./recovery-groups";
import { Step } from "./step";

/** Asks for two groups, so that nobody goes on with a code that was only looked at. */
export function RecoveryCheck(props: {
  code: string;
  heading?: "h4";
  onPassed: () => Promise<void>;
  onBack: () => void;
}): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const groups = recoveryGroups(props.code);
  const [asked] = useState(() => pickTwo(groups.length, Math.random));
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const [wrong, setWrong] = useState<readonly number[]>([]);
  const [refused, setRefused] = useState(0);
  const { run, busy, error } = useAction(props.onPassed);

  const check = (): void => {
    const missed = asked.filter((i) => !isSameGroup(typed[i] ?? "", groups[i] ?? ""));
    setWrong(missed);
    if (missed.length === 0) run();
    else setRefused(refused + 1);
  };

  return (
    <Step heading={props.heading} title={t("keys.checkTitle")} intro={t("keys.checkBody")}>
      <form
        ref={useFocusWrong(refused)}
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          check();
        }}
      >
        {asked.map((i) => (
          <TextField
            key={i}
            label={t("keys.checkGroup", { number: i + 1 })}
            error={wrong.includes(i) ? t("keys.checkWrong", { number: i + 1 }) : undefined}
            value={typed[i] ?? ""}
            onChange={(event) => {
              setTyped({ ...typed, [i]: event.target.value });
              setWrong(wrong.filter((other) => other !== i));
            }}
            autoFocus={i === asked[0]}
            autoComplete="off"
            autoCapitalize="characters"
            autoCorrect="off"
            spellCheck={false}
            className="max-w-40 font-mono text-lg! uppercase tracking-wider"
            readOnly={busy}
          />
        ))}
        {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
        <Button type="submit" busy={busy}>
          {busy ? t("keys.saving") : t("keys.checkSubmit")}
        </Button>
        <Button tone="quiet" onClick={props.onBack} disabled={busy}>
          {t("keys.showAgain")}
        </Button>
      </form>
    </Step>
  );
}
