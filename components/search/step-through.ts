/** The links to what was found. */
const HIT = "a[data-hit]";

/** Moves the focus by the arrow keys from the field through what was found, and back. @returns whether it did */
export function stepThrough(pane: HTMLElement, field: HTMLElement | null, key: string): boolean {
  const hits = [...pane.querySelectorAll<HTMLElement>(HIT)];
  const place = hits.indexOf(document.activeElement as HTMLElement);
  const inField = document.activeElement === field;
  const target =
    key === "ArrowDown"
      ? hits[place + 1]
      : key === "ArrowUp" && !inField
        ? (hits[place - 1] ?? field)
        : key === "Enter" && inField
          ? hits[0]
          : null;
  if (!target) return false;
  target.focus();
  target.scrollIntoView({ block: "nearest" });
  return true;
}
