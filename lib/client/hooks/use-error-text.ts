"use client";

import { useCallback } from "react";
import type { AppError, ErrorCode } from "../../protocol/errors.ts";
import { hourCycle } from "./clock.ts";
import { useI18n } from "./i18n.tsx";
import type { Locale } from "./translate.ts";

const MINUTE_MS = 60_000;

/** By name: `instanceof` would bring the whole table of errors into the first load of every page. */
function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === "AppError";
}

/** The code of a refused action; "unknown" for anything that is not an AppError. */
export function errorCode(error: unknown): ErrorCode | "unknown" {
  return isAppError(error) ? error.code : "unknown";
}

/** The clock's next full minute after `seconds`: a try made then is not a second too early. */
function clockAfter(seconds: number, locale: Locale): string {
  const at = new Date(Date.now() + seconds * 1000 + MINUTE_MS);
  return at.toLocaleTimeString(locale, { timeStyle: "short", hourCycle: hourCycle() });
}

function momentOf(at: number, locale: Locale): string {
  const style = { dateStyle: "medium", timeStyle: "short", hourCycle: hourCycle() } as const;
  return new Date(at).toLocaleString(locale, style);
}

/** Turns an error into the sentence that says what to do; with the time, where the server told one. */
export function useErrorText(): (error: unknown) => string {
  const { locale, t } = useI18n();
  return useCallback(
    (error) => {
      if (isAppError(error) && error.code === "too-many-requests" && error.retryAfter !== undefined) {
        return t("error.too-many-requests-at", { time: clockAfter(error.retryAfter, locale) });
      }
      const sentence = t(`error.${errorCode(error)}`);
      if (!isAppError(error) || !error.restraint) return sentence;
      const { reason, until } = error.restraint;
      const end = until === null ? "" : t("error.until", { time: momentOf(until, locale) });
      return [sentence, reason, end].filter(Boolean).join(" ");
    },
    [locale, t],
  );
}
