"use client";

import { useEffect } from "react";
import { later, useLater } from "@/lib/client/hooks/use-later";

const RETENTION = later(() => import("./views"));

export function fetchRetention(): void {
  RETENTION.fetch().catch(() => undefined);
}

/** The views of how long messages live. Null until they are here. @param needed whether to fetch them now */
export function useRetention(needed: boolean): typeof import("./views") | null {
  useEffect(() => {
    if (needed) fetchRetention();
  }, [needed]);
  return useLater(RETENTION);
}
