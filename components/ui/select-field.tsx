import { clsx } from "clsx";
import type { ReactElement } from "react";
import { Field, type FieldText, INPUT_CLASS } from "./field";
import { Icon } from "./icons";

export interface SelectChoice<T extends string | number> {
  readonly value: T;
  readonly label: string;
}

/** One of several, the browser's own way: a list on a desktop, a wheel on a phone. */
export function SelectField<T extends string | number>(
  props: FieldText & {
    value: T;
    choices: readonly SelectChoice<T>[];
    onChange: (value: T) => void;
  },
): ReactElement {
  const { value, choices, onChange, ...text } = props;
  return (
    <Field {...text}>
      {(links) => (
        <div className="relative">
          <select
            {...links}
            value={value}
            onChange={(event) => {
              const chosen = choices.find((choice) => String(choice.value) === event.target.value);
              if (chosen) onChange(chosen.value);
            }}
            className={clsx(INPUT_CLASS, "cursor-pointer appearance-none truncate pe-9!")}
          >
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </select>
          <span className="pointer-events-none absolute inset-y-0 end-3 flex items-center text-soft">
            <Icon name="chevronDown" className="size-4" />
          </span>
        </div>
      )}
    </Field>
  );
}
