"use client";

import { clsx } from "clsx";
import { type ReactElement, useEffect, useRef } from "react";
import type { Selection } from "./table-model";

interface Checked {
  readonly checked: boolean;
  /** Some of them. */
  readonly partly?: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** What the boxes of a table say and do. @param keys of the rows on this page */
export function useSelectAll(keys: readonly string[], selection: Selection | undefined) {
  const selected = selection?.selected ?? new Set<string>();
  const here = keys.filter((key) => selected.has(key)).length;
  const set = (changed: readonly string[], checked: boolean): void => {
    const next = new Set(selected);
    for (const key of changed) checked ? next.add(key) : next.delete(key);
    selection?.onChange(next);
  };
  return {
    checked: keys.length > 0 && here === keys.length,
    partly: here > 0 && here < keys.length,
    onChange: (checked: boolean) => set(keys, checked),
    one: (key: string): Checked => ({
      checked: selected.has(key),
      onChange: (checked) => set([key], checked),
    }),
  };
}

/** A box with 44 pixels around it. @param shown whether the label is to be seen */
export function RowCheckbox(props: Checked & { label: string; shown?: boolean }): ReactElement {
  const { label, shown = false, checked, partly = false, onChange } = props;
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = partly;
  }, [partly]);
  return (
    <label
      className={clsx(
        "target inline-flex shrink-0 cursor-pointer items-center gap-2.5",
        !shown && "aspect-square justify-center",
      )}
    >
      <input
        ref={box}
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4.5 accent-accent"
      />
      <span className={shown ? "text-sm" : "sr-only"}>{label}</span>
    </label>
  );
}
