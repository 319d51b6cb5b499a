"use client";

import { type ReactElement, useCallback } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { BackLink } from "@/components/admin/back-link";
import { PanelGroup, PanelSkeleton } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { FactList } from "@/components/ui/fact-list";
import { Notice } from "@/components/ui/notice";
import { Table } from "@/components/ui/table";
import type { ServerInvitationId } from "@/lib/base/ids";
import { useInvitationCalls } from "@/lib/client/hooks/admin/invitations";
import { useAdmin } from "@/lib/client/hooks/admin/use-admin";
import { adminHref } from "@/lib/client/hooks/admin/use-admin-route";
import { useGuarded } from "@/lib/client/hooks/admin/use-guarded";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import type { InvitationDetails, InvitationRow } from "@/lib/protocol/http/admin/invitations";
import { isGood, useInvitationWords } from "./words";

/** One invitation: what it is good for, and who came by it. */
export function InvitationPage({ id }: { id: ServerInvitationId }): ReactElement {
  const { t } = useI18n();
  const { read } = useInvitationCalls();
  const { value, error, reload } = useGuarded(useCallback(() => read(id), [read, id]));
  return (
    <>
      <BackLink href={adminHref("registration")}>{t("serverInvitations.back")}</BackLink>
      {value ? (
        <Details {...value} onChanged={reload} />
      ) : error === null ? (
        <PanelSkeleton />
      ) : (
        <AdminFailed error={error} onRetry={reload} />
      )}
    </>
  );
}

function Details(props: InvitationDetails & { onChanged: () => void }): ReactElement {
  const { invitation, people, onChanged } = props;
  const { t } = useI18n();
  const { may } = useAdmin();
  const words = useInvitationWords();
  return (
    <>
      <Facts invitation={invitation} />
      <PanelGroup title={t("serverInvitations.came")}>
        <Table
          label={t("serverInvitations.came")}
          rows={people}
          rowKey={({ person }) => person.id}
          rowName={({ person }) => person.displayName}
          href={({ person }) => adminHref("people", person.id)}
          empty={t("serverInvitations.nobody")}
          columns={[
            {
              id: "name",
              title: t("people.name"),
              cell: ({ person }) => (
                <>
                  <bdi>{person.displayName}</bdi>{" "}
                  <span className="font-normal text-soft">@{person.name}</span>
                </>
              ),
            },
            {
              id: "at",
              title: t("serverInvitations.cameAt"),
              numeric: true,
              cell: ({ at }) => words.moment(at),
            },
          ]}
        />
      </PanelGroup>
      {may("change-people") && isGood(invitation) && <Revoke id={invitation.id} onRevoked={onChanged} />}
    </>
  );
}

function Facts({ invitation }: { invitation: InvitationRow }): ReactElement {
  const { t } = useI18n();
  const words = useInvitationWords();
  const { name, email, note, displayName } = invitation;
  return (
    <PanelGroup title={words.whom(invitation)}>
      <FactList
        facts={[
          [t("serverInvitations.state"), words.state(invitation)],
          [t("people.role"), t(`people.role.${invitation.role}`)],
          [t("serverInvitations.used"), words.used(invitation)],
          [t("serverInvitations.madeBy"), words.made(invitation)],
          ...(name === null ? [] : [[t("people.name"), `@${name}`] as const]),
          ...(email === null ? [] : [[t("people.email"), email] as const]),
          ...(displayName === null || note === "" ? [] : [[t("serverInvitations.note"), note] as const]),
        ]}
      />
    </PanelGroup>
  );
}

function Revoke(props: { id: ServerInvitationId; onRevoked: () => void }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const calls = useInvitationCalls();
  const { run, busy, error } = useGuardedAction(async () => {
    await calls.revoke(props.id);
    props.onRevoked();
  });
  return (
    <PanelGroup title={t("serverInvitations.revoke")} intro={t("serverInvitations.revokeIntro")}>
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      <Button tone="danger" busy={busy} onClick={() => run()} className="self-start">
        {t("serverInvitations.revoke")}
      </Button>
    </PanelGroup>
  );
}
