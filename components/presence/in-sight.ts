"use client";

const begins = new WeakMap<Element, () => () => void>();
const ends = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | null = null;

function observe(entries: readonly IntersectionObserverEntry[]): void {
  for (const { target, isIntersecting } of entries) {
    ends.get(target)?.();
    ends.delete(target);
    const begin = isIntersecting ? begins.get(target) : undefined;
    if (begin) ends.set(target, begin());
  }
}

/**
 * Calls `begin` whenever the element comes into sight, and what that returned when it leaves. One observer for all:
 * a list has hundreds of rows.
 * @returns what ends it
 */
export function whileInSight(element: Element, begin: () => () => void): () => void {
  observer ??= new IntersectionObserver(observe);
  begins.set(element, begin);
  observer.observe(element);
  return () => {
    observer?.unobserve(element);
    begins.delete(element);
    ends.get(element)?.();
    ends.delete(element);
  };
}
