"use client";

import { type ReactElement, useState } from "react";
import { AccountTexts } from "@/lib/client/hooks/account-texts";
import { LinkingCode } from "./linking-code";
import { LinkingSymbols } from "./linking-symbols";

/** This browser gets its keys from another one of the same person. */
export function LinkThisBrowser({ onBack }: { onBack: () => void }): ReactElement {
  const [bySymbols, setBySymbols] = useState(false);
  return (
    <AccountTexts>
      {bySymbols ? (
        <LinkingSymbols onCode={() => setBySymbols(false)} onBack={onBack} />
      ) : (
        <LinkingCode onSymbols={() => setBySymbols(true)} onBack={onBack} />
      )}
    </AccountTexts>
  );
}
