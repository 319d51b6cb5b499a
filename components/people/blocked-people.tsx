"use client";

import { type ReactElement, useEffect, useState } from "react";
import { PanelFailed, PanelGroup, PanelSkeleton } from "@/components/settings/panel";
import { Avatar } from "@/components/ui/avatar";
import type { AccountId } from "@/lib/base/ids";
import { useI18n } from "@/lib/client/hooks/i18n";
import { personName } from "@/lib/client/hooks/person-name";
import { ReportsTexts } from "@/lib/client/hooks/reports-texts";
import { useMessenger, useMessengerState } from "@/lib/client/hooks/use-messenger";
import { UnblockButton } from "./unblock-button";

/** Whom one does not want to hear of, and the way back. */
export function BlockedPeople(): ReactElement {
  return (
    <ReportsTexts
      loading={<PanelSkeleton />}
      failed={(error, retry) => <PanelFailed error={error} onRetry={retry} />}
    >
      <List />
    </ReportsTexts>
  );
}

function List(): ReactElement {
  const { t } = useI18n();
  const messenger = useMessenger();
  const blocked = useMessengerState(({ settings }) => settings.blocked);
  const [failure, setFailure] = useState<{ error: unknown } | null>(null);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try asks again.
  useEffect(() => {
    // Until then, what was set is not known here.
    messenger.notes().then(
      () => setFailure(null),
      (error: unknown) => setFailure({ error }),
    );
  }, [messenger, tries]);
  return (
    <PanelGroup title={t("block.people")} intro={t("block.intro")}>
      {failure && <PanelFailed error={failure.error} onRetry={() => setTries(tries + 1)} />}
      {blocked.length === 0 && !failure && <p className="text-faint">{t("block.none")}</p>}
      {blocked.length > 0 && (
        <ul className="flex flex-col divide-y divide-line">
          {blocked.map((id) => (
            <Blocked key={id} id={id} />
          ))}
        </ul>
      )}
    </PanelGroup>
  );
}

function Blocked({ id }: { id: AccountId }): ReactElement {
  const { t } = useI18n();
  const person = useMessengerState(({ people }) => people.get(id));
  return (
    <li className="flex items-center gap-3 py-2.5">
      <Avatar person={person ?? { id, displayName: "", picture: null }} className="size-9 text-sm" />
      <span className="min-w-0 flex-1 wrap-anywhere">
        <bdi>{person ? personName(person, t) : t("people.unknown")}</bdi>
      </span>
      <UnblockButton person={id} />
    </li>
  );
}
