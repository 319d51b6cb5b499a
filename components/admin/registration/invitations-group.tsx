"use client";

import { type ReactElement, useCallback, useState } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icons";
import { Table } from "@/components/ui/table";
import { useInvitationCalls } from "@/lib/client/hooks/admin/invitations";
import { useAdmin } from "@/lib/client/hooks/admin/use-admin";
import { adminHref } from "@/lib/client/hooks/admin/use-admin-route";
import { useI18n } from "@/lib/client/hooks/i18n";
import { usePages } from "@/lib/client/hooks/use-pages";
import { useStepUp } from "@/lib/client/hooks/use-step-up";
import type { InvitationRow } from "@/lib/protocol/http/admin/invitations";
import { NewInvitation } from "./new-invitation";
import { useInvitationWords } from "./words";

/** The links that were given out, and new ones. */
export function InvitationsGroup(): ReactElement {
  const { t } = useI18n();
  const { may } = useAdmin();
  const { list } = useInvitationCalls();
  const { guard } = useStepUp();
  const words = useInvitationWords();
  const [making, setMaking] = useState(false);
  const load = useCallback((after: string | null) => guard(() => list(after)), [guard, list]);
  const { rows, error, reload, busy, older, newer } = usePages<InvitationRow>(load);
  return (
    <PanelGroup title={t("serverInvitations.title")} intro={t("serverInvitations.intro")}>
      {may("change-people") && (
        <div className="flex flex-wrap items-center gap-2">
          <Button icon="userPlus" onClick={() => setMaking(true)}>
            {t("serverInvitations.new")}
          </Button>
          <a
            href={adminHref("registration", "import")}
            className="target inline-flex items-center gap-2 rounded-lg px-4 font-medium text-accent hover:bg-tint"
          >
            <Icon name="users" className="size-[1.15em]" />
            {t("serverInvitations.import")}
          </a>
        </div>
      )}
      <NewInvitation open={making} onOpenChange={setMaking} onMade={reload} />
      <Table
        label={t("serverInvitations.list")}
        rows={rows}
        failed={error !== null && rows === null && <AdminFailed error={error} onRetry={reload} />}
        rowKey={({ id }) => id}
        rowName={words.whom}
        href={({ id }) => adminHref("registration", id)}
        empty={t("serverInvitations.none")}
        busy={busy}
        older={older}
        newer={newer}
        columns={[
          {
            id: "for",
            title: t("serverInvitations.for"),
            cell: (row) => <bdi>{words.whom(row)}</bdi>,
          },
          {
            id: "role",
            title: t("people.role"),
            cell: ({ role }) => <span className="whitespace-nowrap">{t(`people.role.${role}`)}</span>,
          },
          { id: "state", title: t("serverInvitations.state"), cell: words.state },
          {
            id: "used",
            title: t("serverInvitations.used"),
            numeric: true,
            cell: (row) => <span className="whitespace-nowrap">{words.used(row)}</span>,
          },
          {
            id: "made",
            title: t("serverInvitations.madeBy"),
            numeric: true,
            cell: ({ createdAt }) => words.date(createdAt),
          },
        ]}
      />
    </PanelGroup>
  );
}
