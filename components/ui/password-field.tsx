"use client";

import { clsx } from "clsx";
import { type ComponentProps, type ReactElement, useState } from "react";
import { IconButton } from "./button";
import { Field, type FieldText, INPUT_CLASS } from "./field";

type PasswordFieldProps = FieldText &
  Omit<ComponentProps<"input">, "id" | "type"> & { showLabel: string; hideLabel: string };

export function PasswordField(props: PasswordFieldProps): ReactElement {
  const { label, hint, error, showLabel, hideLabel, className, ...input } = props;
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} hint={hint} error={error}>
      {(links) => (
        <div className="relative">
          <input
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            {...input}
            {...links}
            type={shown ? "text" : "password"}
            className={clsx(INPUT_CLASS, "pe-12", className)}
          />
          <IconButton
            icon={shown ? "eyeOff" : "eye"}
            label={shown ? hideLabel : showLabel}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 end-0"
          />
        </div>
      )}
    </Field>
  );
}
