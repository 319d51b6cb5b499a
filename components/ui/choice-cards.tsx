import { clsx } from "clsx";
import { type ReactElement, useId } from "react";
import { Icon, type IconName } from "./icons";

export interface CardChoice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly body?: string;
  readonly icon?: IconName;
}

/** One of a few that need a sentence each. Native radio buttons, so that arrow keys and screen readers know them. */
export function ChoiceCards<T extends string>(props: {
  label: string;
  /** Where a title says the same just above it. */
  labelHidden?: boolean;
  /** Null before anything is chosen. */
  value: T | null;
  choices: readonly CardChoice<T>[];
  onChange: (value: T) => void;
}): ReactElement {
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className={props.labelHidden ? "sr-only" : "pb-1.5 font-medium text-sm"}>{props.label}</legend>
      {props.choices.map(({ value, label, body, icon }) => (
        <label
          key={value}
          className={clsx(
            "target flex cursor-pointer items-start gap-3 rounded-lg border px-3.5 py-2 transition-colors",
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
            aria-describedby={body ? `${name}-${value}` : undefined}
            className="sr-only"
          />
          {icon && <Icon name={icon} className="mt-0.5 size-5 text-soft" />}
          <span className="min-w-0">
            <span className="block">{label}</span>
            {body && (
              <span id={`${name}-${value}`} className="block text-pretty text-sm text-soft">
                {body}
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
