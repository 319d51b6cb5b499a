"use client";

import { type ReactElement, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { lateView } from "@/components/ui/late-view";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { Person } from "@/lib/client/model";

const SafetyDialog = lateView(async () => (await import("./safety-dialog")).SafetyDialog);

/** Says that somebody's identity has changed, and leads to the decision. */
export function IdentityChanged(props: { peer: Person; inRoom: boolean }): ReactElement {
  const { peer, inRoom } = props;
  const { t } = useI18n();
  const [deciding, setDeciding] = useState(false);
  return (
    <>
      <Notice tone="danger">
        <p>{t(inRoom ? "alert.member-changed" : "alert.identity-changed", { name: peer.displayName })}</p>
        <Button tone="secondary" className="mt-2.5" onClick={() => setDeciding(true)}>
          {t("trust.decide")}
        </Button>
      </Notice>
      {deciding && (
        <Suspense>
          <SafetyDialog peer={peer} onClose={() => setDeciding(false)} />
        </Suspense>
      )}
    </>
  );
}
