import { clsx } from "clsx";
import { type ReactElement, useId } from "react";
import { Icon, type IconName } from "./icons";

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly icon?: IconName;
  readonly lang?: string;
}

/** One of a few, all in sight: native radio buttons, so that arrow keys and screen readers know them. */
export function ChoiceRow<T extends string>(props: {
  label: string;
  value: T;
  choices: readonly Choice<T>[];
  onChange: (value: T) => void;
}): ReactElement {
  const name = useId();
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="sr-only">{props.label}</legend>
      {props.choices.map(({ value, label, icon, lang }) => (
        <label
          key={value}
          lang={lang}
          className={clsx(
            "target inline-flex cursor-pointer items-center gap-2 rounded-lg border px-3.5 py-1.5 transition-colors",
            "has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2",
            value === props.value ? "border-accent bg-tint" : "border-edge bg-raised hover:bg-hover",
          )}
        >
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === props.value}
            onChange={() => props.onChange(value)}
            className="sr-only"
          />
          {icon && <Icon name={icon} className="size-4.5 text-soft" />}
          {label}
        </label>
      ))}
    </fieldset>
  );
}
