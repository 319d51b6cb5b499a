"use client";

import { type ReactElement, Suspense, useCallback, useState } from "react";
import { BlockDialog } from "@/components/people/block-dialog";
import { PanelFailed, PanelSkeleton } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { AccountTexts } from "@/lib/client/hooks/account-texts";
import { useI18n } from "@/lib/client/hooks/i18n";
import { AccountProvider, useAccount } from "@/lib/client/hooks/use-account";
import { useIsBlocked } from "@/lib/client/hooks/use-is-blocked";
import { useLoaded } from "@/lib/client/hooks/use-loaded";
import type { Person } from "@/lib/client/model";
import { Compare } from "./compare";

/** The safety number with a person, and what follows from comparing it. */
export function SafetyDialog(props: { peer: Person; onClose: () => void }): ReactElement {
  return (
    <AccountTexts>
      <Opened {...props} />
    </AccountTexts>
  );
}

function Opened({ peer, onClose }: { peer: Person; onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const [blocking, setBlocking] = useState(false);
  const blocked = useIsBlocked(peer.id);
  if (blocking) return <BlockDialog person={peer} onClose={onClose} />;
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("trust.title")}
      closeLabel={t("common.close")}
    >
      <div className="overflow-y-auto p-5">
        <AccountProvider
          loading={<PanelSkeleton />}
          failed={(error, retry) => <PanelFailed error={error} onRetry={retry} />}
        >
          <Suspense fallback={<PanelSkeleton />}>
            <Standing peer={peer} onClose={onClose} />
          </Suspense>
        </AccountProvider>
        {!blocked && (
          <Button tone="quiet" icon="block" className="-ms-4 mt-4" onClick={() => setBlocking(true)}>
            {t("trust.block")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

function Standing({ peer, onClose }: { peer: Person; onClose: () => void }): ReactElement {
  const { trust } = useAccount();
  const { value, error, reload } = useLoaded(useCallback(() => trust.standing(peer.id), [trust, peer.id]));
  if (error !== null) return <PanelFailed error={error} onRetry={reload} />;
  if (!value) return <PanelSkeleton />;
  return <Compare peer={peer} standing={value} onChange={reload} onAccepted={onClose} />;
}
