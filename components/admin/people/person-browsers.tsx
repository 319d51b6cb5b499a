"use client";

import type { ReactElement } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Table } from "@/components/ui/table";
import { type PersonView, usePeopleCalls } from "@/lib/client/hooks/admin/people";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import { usePersonWords } from "./words";

/** Where somebody is signed in, and which of their browsers hold keys. @param within reach of who looks */
export function PersonBrowsers(props: {
  details: PersonView;
  within: boolean;
  onChanged: () => void;
}): ReactElement {
  const { person, sessions, devices } = props.details;
  const { t } = useI18n();
  const words = usePersonWords();
  const calls = usePeopleCalls();
  const errorText = useErrorText();
  const { run, busy, error } = useGuardedAction(async () => {
    await calls.signOut(person.id);
    props.onChanged();
  });
  return (
    <>
      <PanelGroup title={t("people.sessions")} intro={t("people.sessionsIntro")}>
        <Table
          label={t("people.sessions")}
          rows={sessions}
          rowKey={({ createdAt, address }) => `${createdAt} ${address}`}
          rowName={({ browser }) => browser}
          empty={t("people.noSessions")}
          columns={[
            { id: "browser", title: t("people.browser"), cell: ({ browser }) => browser },
            { id: "address", title: t("people.address"), cell: ({ address }) => address },
            {
              id: "since",
              title: t("people.since"),
              numeric: true,
              cell: ({ createdAt }) => words.moment(createdAt),
            },
            {
              id: "seen",
              title: t("people.seen"),
              numeric: true,
              cell: ({ lastSeenAt }) => words.moment(lastSeenAt),
            },
          ]}
        />
        {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
        {props.within && sessions.length > 0 && (
          <Button tone="secondary" icon="signOut" busy={busy} onClick={() => run()} className="self-start">
            {t("people.signOut")}
          </Button>
        )}
      </PanelGroup>
      <PanelGroup title={t("people.devices")} intro={t("people.devicesIntro")}>
        <Table
          label={t("people.devices")}
          rows={devices}
          rowKey={({ createdAt, name }) => `${createdAt} ${name}`}
          rowName={({ name }) => name}
          empty={t("people.noDevices")}
          columns={[
            { id: "browser", title: t("people.browser"), cell: ({ name }) => <bdi>{name}</bdi> },
            {
              id: "since",
              title: t("people.since"),
              numeric: true,
              cell: ({ createdAt }) => words.moment(createdAt),
            },
          ]}
        />
      </PanelGroup>
    </>
  );
}
