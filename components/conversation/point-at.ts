const GLOW_MS = 2_000;

/** Shows which row was meant, and goes on from there by keyboard. */
export function pointAt(row: Element): void {
  glow(row);
  if (row instanceof HTMLElement) row.focus({ preventScroll: true });
}

/** Once. Fading is left to those who like to see things move. */
function glow(row: Element): void {
  const easing = matchMedia("(prefers-reduced-motion: reduce)").matches ? "step-end" : "ease-in";
  row.animate(
    [{ backgroundColor: "var(--color-tint)", easing }, { backgroundColor: "transparent" }],
    GLOW_MS,
  );
}
