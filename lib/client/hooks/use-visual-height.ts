"use client";

import { useEffect } from "react";

/**
 * Keeps `--visual-height` at the height that the on-screen keyboard leaves. Other browsers resize the page for
 * `interactive-widget=resizes-content`; Safari only moves the visual viewport.
 */
export function useVisualHeight(): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (!viewport) return;
    const { style } = document.documentElement;
    const follow = (): void => {
      // Pinch-zoom also shrinks the visual viewport, and must not squeeze the page.
      if (viewport.scale > 1) return;
      style.setProperty("--visual-height", `${viewport.height}px`);
      window.scrollTo(0, 0);
    };
    follow();
    viewport.addEventListener("resize", follow);
    return () => {
      viewport.removeEventListener("resize", follow);
      style.removeProperty("--visual-height");
    };
  }, []);
}
