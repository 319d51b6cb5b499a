"use client";

import { clsx } from "clsx";
import { type ReactElement, useEffect } from "react";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import type { Slash } from "./use-slash";

/** Above the field what can be typed here, and under it why something was not done. */
export function SlashOptions({ slash }: { slash: Slash }): ReactElement {
  const { t } = useSayingTexts();
  const { id, options, active, refusal, choose } = slash;
  const activeId = active && `${id}-${active}`;
  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: "nearest" });
  }, [activeId]);
  return (
    <>
      <p role="status" className="sr-only">
        {options.length > 0 && t("slash.found", { count: options.length })}
      </p>
      {options.length > 0 && (
        <div
          role="listbox"
          id={id}
          aria-label={t("slash.list")}
          className="absolute inset-x-0 bottom-full z-20 mb-2 max-h-72 animate-rise overflow-y-auto rounded-xl border border-line bg-raised p-1.5 shadow-lift"
        >
          {options.map((command) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the composer holds the focus.
            <div
              key={command}
              id={`${id}-${command}`}
              role="option"
              aria-selected={command === active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(command)}
              className={clsx(
                "target flex cursor-pointer flex-wrap items-baseline gap-x-2.5 rounded-lg px-2.5 py-1.5 hover:bg-hover",
                command === active && "bg-tint hover:bg-tint",
              )}
            >
              <span className="font-medium">/{command}</span>
              <span className="text-soft text-sm">{t(`slash.${command}`)}</span>
            </div>
          ))}
        </div>
      )}
      <p
        role="alert"
        className={clsx(
          "order-last basis-full px-3.5 pb-2 text-danger text-sm",
          refusal === null && "hidden",
        )}
      >
        {refusal}
      </p>
    </>
  );
}
