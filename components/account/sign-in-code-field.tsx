"use client";

import type { ReactElement } from "react";
import { TextField } from "@/components/ui/field";
import { useI18n } from "@/lib/client/hooks/i18n";
import { kindOfCode, SIGN_IN_CODE_SHAPE, tidyCode } from "@/lib/protocol/sign-in-code";

/** What the server wants of what was typed; null where it cannot be a sign-in code. */
export function readSignInCode(typed: string): string | null {
  const code = tidyCode(typed);
  return SIGN_IN_CODE_SHAPE.test(code) ? code : null;
}

/** @param refused what was typed is no sign-in code: says which other code it is, where that shows */
export function SignInCodeField(props: {
  value: string;
  onChange: (typed: string) => void;
  refused: boolean;
  readOnly: boolean;
}): ReactElement {
  const { value, onChange, refused, readOnly } = props;
  const { t } = useI18n();
  const isRecovery = kindOfCode(value) === "recovery";
  return (
    <TextField
      label={t("signInCode.label")}
      hint={t("signInCode.hint")}
      error={refused ? t(isRecovery ? "signInCode.isRecovery" : "signInCode.shape") : undefined}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      readOnly={readOnly}
      autoFocus
      autoComplete="off"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      placeholder="k3v9-…"
      className="font-mono"
    />
  );
}
