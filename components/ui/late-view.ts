"use client";

import { type ComponentType, type LazyExoticComponent, lazy } from "react";

const AGAIN_MS = 2_000;
const TRIES = 10;
const UNASKED_MS = 30_000;

/**
 * A view whose code comes when it is asked for. What cannot be fetched is tried again: without a network until that is back, so that
 * a press on something that is not here yet does not take the page from somebody who writes there.
 */
// biome-ignore lint/suspicious/noExplicitAny: the view's own props, whatever they are, as React has it.
export function lateView<View extends ComponentType<any>>(
  load: () => Promise<View>,
  again = AGAIN_MS,
  most = TRIES,
): LazyExoticComponent<View> {
  return lazy(async () => ({ default: await untilLoaded(load, again, most) }));
}

/** As `lateView`, of what nobody has asked for: it never takes the page's place, and comes whenever it can be had. */
// biome-ignore lint/suspicious/noExplicitAny: as above.
export function unaskedView<View extends ComponentType<any>>(
  load: () => Promise<View>,
): LazyExoticComponent<View> {
  return lateView(load, UNASKED_MS, Number.POSITIVE_INFINITY);
}

/** @throws what the last of `most` tries was refused with, unless that was for want of a network */
export async function untilLoaded<View>(
  load: () => Promise<View>,
  again: number,
  most: number,
): Promise<View> {
  for (let tries = 1; ; tries++) {
    try {
      return await load();
    } catch (error) {
      if (tries >= most && navigator.onLine) throw error;
      await new Promise((resume) => setTimeout(resume, again));
    }
  }
}
