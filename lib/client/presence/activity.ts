import type { Platform } from "../platform.ts";

/** Without a key, a touch or the wheel for this long, nobody is at it. */
export const IDLE_MS = 5 * 60_000;
/** Out of sight for this long: a glance at another tab is no absence. */
export const HIDDEN_MS = 20_000;

/**
 * Whether somebody is at this tab, told when it changes; at first somebody is.
 * @returns what ends it
 */
export function followActivity(
  platform: Pick<Platform, "now" | "onActivity" | "onVisibility">,
  onChange: (active: boolean) => void,
): () => void {
  let active = true;
  let visible = true;
  let lastAt = platform.now();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function set(next: boolean): void {
    if (next === active) return;
    active = next;
    onChange(next);
  }

  function wait(): void {
    clearTimeout(timer);
    const left = lastAt + (visible ? IDLE_MS : HIDDEN_MS) - platform.now();
    if (left <= 0) set(false);
    else timer = setTimeout(wait, left);
  }

  /** The timer runs on: it looks by itself at when this last was. */
  function touch(): void {
    lastAt = platform.now();
    if (active) return;
    set(true);
    wait();
  }

  const forgets = [
    platform.onActivity(touch),
    platform.onVisibility((now) => {
      visible = now;
      if (visible) touch();
      else lastAt = platform.now();
      wait();
    }),
  ];
  wait();
  return () => {
    clearTimeout(timer);
    for (const forget of forgets) forget();
  };
}
