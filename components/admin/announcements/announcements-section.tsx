"use client";

import { type ReactElement, useState } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { PanelGroup, PanelSkeleton } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { AnnouncementsProvider, useAnnouncementCalls } from "@/lib/client/hooks/admin/announcements";
import { useAdmin } from "@/lib/client/hooks/admin/use-admin";
import { useGuarded } from "@/lib/client/hooks/admin/use-guarded";
import { useI18n } from "@/lib/client/hooks/i18n";
import { AnnouncementList } from "./announcement-list";
import { NewAnnouncement } from "./new-announcement";

const failed = (error: unknown, retry: () => void) => <AdminFailed error={error} onRetry={retry} />;

/** What everybody is told. */
export function AnnouncementsSection(): ReactElement {
  return (
    <AnnouncementsProvider loading={<PanelSkeleton />} failed={failed}>
      <All />
    </AnnouncementsProvider>
  );
}

function All(): ReactElement {
  const { t } = useI18n();
  const { may } = useAdmin();
  const { list } = useAnnouncementCalls();
  const { value, error, reload } = useGuarded(list);
  const [making, setMaking] = useState(false);
  if (!value) return error === null ? <PanelSkeleton /> : <AdminFailed error={error} onRetry={reload} />;
  return (
    <PanelGroup title={t("announcements.title")} intro={t("announcements.intro")}>
      {may("change-announcements") && (
        <Button icon="plus" className="self-start" onClick={() => setMaking(true)}>
          {t("announcements.new")}
        </Button>
      )}
      <NewAnnouncement open={making} onOpenChange={setMaking} onMade={reload} />
      <AnnouncementList rows={value} onChanged={reload} />
    </PanelGroup>
  );
}
