import { vi } from "vitest";

/** Two browsers look every second what the other has done: from here on ten times as often, until globals are theirs again. */
export function lookOften(): void {
  const later = setTimeout;
  vi.stubGlobal("setTimeout", (work: () => void, delay: number, ...given: unknown[]) =>
    later(work, delay === 1_000 ? 100 : delay, ...(given as [])),
  );
}
