"use client";

import { type ComponentType, type LazyExoticComponent, lazy } from "react";

const AGAIN_MS = 2_000;
const TRIES = 10;

/**
 * A view whose code comes when it is asked for. What cannot be fetched is tried again: without a network until that is back, so that
 * a press on something that is not here yet does not take the page from somebody who writes there.
 */
// biome-ignore lint/suspicious/noExplicitAny: the view's own props, whatever they are, as React has it.
export function lateView<View extends ComponentType<any>>(
  load: () => Promise<View>,
): LazyExoticComponent<View> {
  return lazy(async () => {
    for (let tries = 1; ; tries++) {
      try {
        return { default: await load() };
      } catch (error) {
        if (tries >= TRIES && navigator.onLine) throw error;
        await new Promise((resume) => setTimeout(resume, AGAIN_MS));
      }
    }
  });
}
