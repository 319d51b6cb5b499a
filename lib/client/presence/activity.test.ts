import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { followActivity, HIDDEN_MS, IDLE_MS } from "./activity.ts";

let told: boolean[];
let touch: () => void;
let show: (visible: boolean) => void;
let end: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  end = followActivity(
    {
      now: () => Date.now(),
      onActivity(listener) {
        touch = listener;
        return () => {};
      },
      onVisibility(listener) {
        show = listener;
        return () => {};
      },
    },
    (active) => told.push(active),
  );
});
afterEach(() => {
  end();
  vi.useRealTimers();
});

it("says that nobody is there after five minutes without a touch, and that somebody is at the next", () => {
  vi.advanceTimersByTime(IDLE_MS - 1);
  touch();
  vi.advanceTimersByTime(IDLE_MS - 1);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual([false]);
  touch();
  touch();
  expect(told).toEqual([false, true]);
  vi.advanceTimersByTime(IDLE_MS);
  expect(told).toEqual([false, true, false]);
});

it("takes a page that is out of sight for nobody's, but for a glance at another one", () => {
  show(false);
  vi.advanceTimersByTime(HIDDEN_MS - 1);
  show(true);
  vi.advanceTimersByTime(HIDDEN_MS);
  expect(told).toEqual([]);
  show(false);
  vi.advanceTimersByTime(HIDDEN_MS);
  expect(told).toEqual([false]);
  show(true);
  expect(told).toEqual([false, true]);
});

it("says nothing once it has ended", () => {
  end();
  vi.advanceTimersByTime(IDLE_MS * 2);
  expect(told).toEqual([]);
});
