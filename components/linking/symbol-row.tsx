"use client";

import type { ReactElement } from "react";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { MessageKey } from "@/lib/client/hooks/translate";
import { SYMBOLS } from "./symbols";

/** Seven symbols to compare with another screen, each with its name: pictures differ between systems. */
export function SymbolRow({ symbols }: { symbols: readonly number[] }): ReactElement {
  const { t } = useI18n();
  return (
    <ol
      aria-label={t("linking.symbolsList")}
      className="flex flex-wrap justify-center gap-x-2 gap-y-3 rounded-xl border border-line bg-raised p-4"
    >
      {symbols.map((symbol, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the position is part of what is compared.
        <li key={i} className="flex w-18 flex-col items-center gap-1 text-center">
          <span aria-hidden="true" className="text-3xl leading-tight">
            {SYMBOLS[symbol]}
          </span>
          <span className="text-sm">{t(`symbol.${symbol}` as MessageKey)}</span>
        </li>
      ))}
    </ol>
  );
}
