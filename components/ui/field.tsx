"use client";

import { clsx } from "clsx";
import { type ComponentProps, type ReactElement, type ReactNode, useId } from "react";
import { Icon } from "./icons";

export interface FieldText {
  label: string;
  hint?: ReactNode;
  /** Replaces the hint, and marks the input as wrong. */
  error?: string | undefined;
}

interface InputLinks {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

export const INPUT_CLASS = clsx(
  "input-text target w-full rounded-lg border border-edge bg-raised px-3 py-1.5 text-ink transition-colors",
  "placeholder:text-faint aria-invalid:border-danger disabled:opacity-60",
  "focus-visible:border-accent focus-visible:outline-offset-0",
);

/** A label above an input and a line below it; `children` receives what ties the three together. */
export function Field(props: FieldText & { children: (links: InputLinks) => ReactNode }): ReactElement {
  const { label, hint, error, children } = props;
  const id = useId();
  const line = error ?? hint;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      {children({
        id,
        ...(line ? { "aria-describedby": `${id}-line` } : {}),
        ...(error ? { "aria-invalid": true } : {}),
      })}
      {line && (
        // Another element for an error than for a hint: what becomes an alert only later is not announced by all.
        <p
          key={error ? "error" : "hint"}
          id={`${id}-line`}
          role={error ? "alert" : undefined}
          className={clsx("flex gap-1.5 text-sm", error ? "text-danger" : "text-soft")}
        >
          {error && <Icon name="alert" className="mt-0.5 size-4" />}
          {line}
        </p>
      )}
    </div>
  );
}

export function TextField(props: FieldText & Omit<ComponentProps<"input">, "id">): ReactElement {
  const { label, hint, error, className, ...input } = props;
  return (
    <Field label={label} hint={hint} error={error}>
      {(links) => <input {...input} {...links} className={clsx(INPUT_CLASS, className)} />}
    </Field>
  );
}
