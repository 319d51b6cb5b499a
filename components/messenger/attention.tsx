"use client";

import type { ReactElement } from "react";
import { AccountTexts } from "@/lib/client/hooks/account-texts";
import { AccountProvider } from "@/lib/client/hooks/use-account";
import { Expiry } from "./expiry";
import { News } from "./news";

/** What the app says by itself about the account; fetched once the messenger has come to rest. */
export function Attention(): ReactElement {
  return (
    <AccountTexts>
      <AccountProvider loading={null} failed={() => null}>
        <div
          role="status"
          className="pointer-events-none fixed inset-x-3 top-3 z-30 flex flex-col items-end gap-3 *:pointer-events-auto"
        >
          <Expiry />
          <News />
        </div>
      </AccountProvider>
    </AccountTexts>
  );
}
