"use client";

import { useMemo, useSyncExternalStore } from "react";

/** What is open stands in the fragment: `#people`, `#people=<id>`. */
const PATTERN = /^#([a-z-]+)(?:=([\w-]+))?$/;

/** @param detail what of the section is open */
export function adminHref(section = "", detail?: string): string {
  return `#${section}${detail === undefined ? "" : `=${detail}`}`;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

/** An empty section is the list of sections, or the first where there is room for both. */
export function useAdminRoute(): { readonly section: string; readonly detail: string | null } {
  const hash = useSyncExternalStore(
    subscribe,
    () => location.hash,
    () => "",
  );
  return useMemo(() => {
    const [, section = "", detail = null] = PATTERN.exec(hash) ?? [];
    return { section, detail };
  }, [hash]);
}
