"use client";

import { useCallback, useEffect } from "react";
import { errorCode } from "../use-error-text.ts";
import { useLoaded } from "../use-loaded.ts";
import { useStepUp } from "../use-step-up.tsx";

/** As useLoaded, behind the step-up by which the administration opens. @param load must stay the same function */
export function useGuarded<T>(load: () => Promise<T>) {
  const { guard } = useStepUp();
  return useLoaded(useCallback(() => guard(load), [guard, load]));
}

/** Nobody can do anything about these but the person: asking again by itself would only ask them again. */
const FINAL = ["step-up-required", "signed-out", "not-found"];

/** As useGuarded, and again by itself as long as the page is looked at. @param everyMs between answer and question */
export function useLive<T>(load: () => Promise<T>, everyMs: number) {
  const loaded = useGuarded(load);
  const { value, error, reload } = loaded;
  useEffect(() => {
    if ((value === null && error === null) || (error !== null && FINAL.includes(errorCode(error)))) return;
    let timer: ReturnType<typeof setTimeout>;
    const later = (): void => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") timer = setTimeout(reload, everyMs);
    };
    later();
    document.addEventListener("visibilitychange", later);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", later);
    };
  }, [value, error, reload, everyMs]);
  return loaded;
}
