"use client";

import { type ReactElement, useState } from "react";
import { PanelFailed, PanelGroup, PanelSkeleton } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAccount } from "@/lib/client/hooks/use-account";
import { useAction } from "@/lib/client/hooks/use-action";
import { useLoaded } from "@/lib/client/hooks/use-loaded";
import type { JournalActions, JournalEntry } from "@/lib/client/model-account";
import { EntryRow } from "./entry-row";

type Page = Awaited<ReturnType<JournalActions["page"]>>;

/** What happened to the account, newest first. */
export function ActivityPanel(): ReactElement {
  const { t } = useI18n();
  const { journal } = useAccount();
  const [load] = useState(() => () => journal.page());
  const { value: newest, error, reload } = useLoaded(load);
  if (!newest) return error ? <PanelFailed error={error} onRetry={reload} /> : <PanelSkeleton />;
  return (
    <PanelGroup title={t("activity.title")} intro={t("activity.intro")}>
      <Pages first={newest} />
    </PanelGroup>
  );
}

function Pages({ first }: { first: Page }): ReactElement {
  const { t } = useI18n();
  const { journal } = useAccount();
  const [entries, setEntries] = useState<readonly JournalEntry[]>(first.entries);
  const [more, setMore] = useState(first.more);
  const older = useAction(async () => {
    const page = await journal.page(entries.at(-1)?.id);
    setEntries([...entries, ...page.entries]);
    setMore(page.more);
  });
  return (
    <>
      <ol className="flex flex-col divide-y divide-line overflow-hidden rounded-xl border border-line bg-raised">
        {entries.map((entry) => (
          <EntryRow key={entry.id} entry={entry} />
        ))}
      </ol>
      {older.error !== null && <PanelFailed error={older.error} onRetry={older.run} />}
      {more && older.error === null && (
        <Button tone="secondary" className="self-start" busy={older.busy} onClick={older.run}>
          {t("activity.older")}
        </Button>
      )}
    </>
  );
}
