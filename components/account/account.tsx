"use client";

import { type ReactElement, Suspense, useState } from "react";
import { lateView } from "@/components/ui/late-view";
import type { Person } from "@/lib/client/model";
import { AccountButton } from "./account-button";

/** The menu's code comes with the first approach to it, not with the messenger. */
const loadMenu = () => import("./account-menu");
const AccountMenu = lateView(async () => (await loadMenu()).AccountMenu);

function fetchEarly(): void {
  loadMenu().catch(() => undefined);
}

export function Account({ me }: { me: Person }): ReactElement {
  const [wanted, setWanted] = useState(false);
  const button = (
    <AccountButton
      me={me}
      aria-haspopup="menu"
      onPointerEnter={fetchEarly}
      onFocus={fetchEarly}
      onClick={() => setWanted(true)}
    />
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <AccountMenu me={me} />
    </Suspense>
  );
}
