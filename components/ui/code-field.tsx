"use client";

import { clsx } from "clsx";
import { type ReactElement, useState } from "react";
import { Field, type FieldText, INPUT_CLASS } from "./field";

const DIGITS = 6;

/** The digits of what was typed or pasted, in ASCII ("１２３ 456" becomes "123456"). */
function digitsOf(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[^0-9]/g, "")
    .slice(0, DIGITS);
}

type CodeFieldProps = FieldText & {
  /** Said when the form is sent before all digits are there. */
  incomplete: string;
  value: string;
  onChange: (digits: string) => void;
  /** Called with the sixth digit: nobody needs to press a button for a code. */
  onComplete: (digits: string) => void;
  autoFocus?: boolean;
  readOnly?: boolean;
};

export function CodeField(props: CodeFieldProps): ReactElement {
  const { value, onChange, onComplete, incomplete, autoFocus = false, readOnly = false, ...text } = props;
  const [missing, setMissing] = useState(false);
  return (
    <Field {...text} error={missing ? incomplete : text.error}>
      {(links) => (
        <input
          {...links}
          value={value}
          onChange={(event) => {
            const digits = digitsOf(event.target.value);
            onChange(digits);
            setMissing(false);
            if (digits.length === DIGITS && digits !== value) onComplete(digits);
          }}
          onInvalid={(event) => {
            // In place of the browser's own bubble, which speaks another language and goes away by itself.
            event.preventDefault();
            event.currentTarget.focus();
            setMissing(true);
          }}
          readOnly={readOnly}
          // biome-ignore lint/a11y/noAutofocus: the screen has this one purpose, and the person has just asked for it.
          autoFocus={autoFocus}
          required
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="[0-9]{6}"
          placeholder="000000"
          className={clsx(INPUT_CLASS, "max-w-48 font-mono text-xl! tracking-[0.3em]")}
        />
      )}
    </Field>
  );
}
