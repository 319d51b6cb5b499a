"use client";

import { useCallback } from "react";
import { AppError, type ErrorCode } from "../../protocol/errors.ts";
import { useI18n } from "./i18n.tsx";
import { formatClock } from "./time-format.ts";

/** The code of a refused action; "unknown" for anything that is not an AppError. */
export function errorCode(error: unknown): ErrorCode | "unknown" {
  return error instanceof AppError ? error.code : "unknown";
}

/** Turns an error into the sentence that says what to do; with the time, where the server told one. */
export function useErrorText(): (error: unknown) => string {
  const { locale, t } = useI18n();
  return useCallback(
    (error) => {
      if (error instanceof AppError && error.code === "too-many-requests" && error.retryAfter !== undefined) {
        // Rounded up to the minute that a clock shows.
        const at = Date.now() + error.retryAfter * 1000 + 59_999;
        return t("error.too-many-requests-at", { time: formatClock(at, locale) });
      }
      return t(`error.${errorCode(error)}`);
    },
    [locale, t],
  );
}
