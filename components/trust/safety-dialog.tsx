"use client";

import { type ReactElement, Suspense, useCallback, useState } from "react";
import { BlockDialog } from "@/components/people/block-dialog";
import { useRetention } from "@/components/retention/use-retention";
import { PanelFailed, PanelSkeleton } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { AccountTexts } from "@/lib/client/hooks/account-texts";
import { useI18n } from "@/lib/client/hooks/i18n";
import { AccountProvider, useAccount } from "@/lib/client/hooks/use-account";
import { useIsBlocked } from "@/lib/client/hooks/use-is-blocked";
import { useLoaded } from "@/lib/client/hooks/use-loaded";
import type { Conversation, Person } from "@/lib/client/model";
import { Compare } from "./compare";

interface SafetyDialogProps {
  peer: Person;
  /** With them alone, where it is opened from there. */
  conversation?: Conversation;
  onClose: () => void;
}

/** The safety number with a person, and what follows from comparing it. */
export function SafetyDialog(props: SafetyDialogProps): ReactElement {
  return (
    <AccountTexts>
      <Opened {...props} />
    </AccountTexts>
  );
}

function Opened({ peer, conversation, onClose }: SafetyDialogProps): ReactElement {
  const { t } = useI18n();
  const [next, setNext] = useState<"blocking" | "retention" | null>(null);
  const blocked = useIsBlocked(peer.id);
  const retention = useRetention(next === "retention");
  if (next === "blocking") return <BlockDialog person={peer} onClose={onClose} />;
  if (next === "retention" && conversation && retention)
    return <retention.RetentionDialog conversation={conversation} onClose={onClose} />;
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
        <div className="-ms-4 mt-4 flex flex-col items-start">
          {conversation && (
            <Button tone="quiet" icon="timer" className="sm:hidden" onClick={() => setNext("retention")}>
              {t("retention.open")}
            </Button>
          )}
          {!blocked && (
            <Button tone="quiet" icon="block" onClick={() => setNext("blocking")}>
              {t("trust.block")}
            </Button>
          )}
        </div>
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
