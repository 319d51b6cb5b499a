import { type ReactElement, useId } from "react";

/** On or off, at once: a native checkbox that looks like a switch. @param hint what it means when it is on */
export function SwitchField(props: {
  label: string;
  hint: string;
  on: boolean;
  onChange: (on: boolean) => void;
}): ReactElement {
  const hintId = useId();
  return (
    <label className="target flex cursor-pointer items-start justify-between gap-4 rounded-lg border border-edge bg-raised px-3.5 py-2.5 transition-colors hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2">
      <span className="min-w-0">
        <span className="block">{props.label}</span>
        <span id={hintId} className="block text-pretty text-sm text-soft">
          {props.hint}
        </span>
      </span>
      <input
        type="checkbox"
        checked={props.on}
        aria-describedby={hintId}
        onChange={(event) => props.onChange(event.target.checked)}
        className="peer sr-only"
      />
      <span
        aria-hidden="true"
        className="relative mt-0.5 h-6 w-10 shrink-0 rounded-full bg-edge transition-colors after:absolute after:start-1 after:top-1 after:size-4 after:rounded-full after:bg-raised after:transition-[inset-inline-start] peer-checked:bg-accent peer-checked:after:start-5 motion-reduce:after:transition-none"
      />
    </label>
  );
}
