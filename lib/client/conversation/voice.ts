import { createAlarmClock } from "./alarm-clock.ts";

/** Until when oneself may not write in a conversation, by the server's word. Who was muted writes again without doing anything. */
export function createVoice(
  first: number | undefined,
  now: () => number,
  onChange: (until: number | null) => void,
) {
  let until: number | null = null;
  const alarm = createAlarmClock(now, () => {
    until = null;
    onChange(until);
  });

  function mute(end: number | null): void {
    until = end;
    alarm.set(end);
  }

  mute(first ?? null);
  return {
    /** Milliseconds since 1970; null for who may write. */
    until: () => until,

    mute(end: number | null): void {
      if (end === until) return;
      mute(end);
      onChange(until);
    },

    stop: (): void => alarm.set(null),
  };
}
