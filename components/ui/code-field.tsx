"use client";

import { clsx } from "clsx";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { DIGITS, digitsAfter } from "./code-digits";
import { Field, type FieldText, INPUT_CLASS } from "./field";

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
  const input = useRef<HTMLInputElement>(null);
  const wasSent = useRef(false);
  useEffect(() => {
    // Writable again, so it was refused: the next digits take its place, unless somebody writes elsewhere by now.
    const there = document.activeElement;
    if (wasSent.current && !readOnly && (there === input.current || !(there instanceof HTMLInputElement))) {
      input.current?.focus();
      input.current?.select();
    }
    wasSent.current = readOnly;
  }, [readOnly]);
  return (
    <Field {...text} error={missing ? incomplete : text.error}>
      {(links) => (
        <input
          {...links}
          ref={input}
          value={value}
          onChange={(event) => {
            const { value: text, selectionEnd } = event.target;
            const digits = digitsAfter(text, value, selectionEnd ?? text.length);
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
