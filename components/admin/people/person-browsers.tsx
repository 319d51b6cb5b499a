"use client";

import { type ReactElement, useState } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Notice } from "@/components/ui/notice";
import { Table } from "@/components/ui/table";
import { type PersonView, usePeopleCalls } from "@/lib/client/hooks/admin/people";
import { useAdmin } from "@/lib/client/hooks/admin/use-admin";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import { usePersonWords } from "./words";

interface BrowsersProps {
  details: PersonView;
  /** Of who looks. */
  within: boolean;
  onChanged: () => void;
}

/** Where somebody is signed in, and which of their browsers hold keys. */
export function PersonBrowsers(props: BrowsersProps): ReactElement {
  return (
    <>
      <Sessions {...props} />
      <Devices {...props} />
    </>
  );
}

function Sessions({ details, within, onChanged }: BrowsersProps): ReactElement {
  const { person, sessions } = details;
  const { t } = useI18n();
  const words = usePersonWords();
  const calls = usePeopleCalls();
  const errorText = useErrorText();
  const { run, busy, error } = useGuardedAction(async (end: () => Promise<void>) => {
    await end();
    onChanged();
  });
  return (
    <PanelGroup title={t("people.sessions")} intro={t("people.sessionsIntro")}>
      <Table
        label={t("people.sessions")}
        rows={sessions}
        rowKey={({ id }) => id}
        rowName={({ browser }) => browser}
        empty={t("people.noSessions")}
        columns={[
          {
            id: "browser",
            title: t("people.browser"),
            cell: ({ browser, appPassword }) =>
              appPassword === null ? (
                browser
              ) : (
                <>
                  {browser}
                  <span className="block text-soft text-sm">
                    {t("people.appPassword")} <bdi>{appPassword}</bdi>
                  </span>
                </>
              ),
          },
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
          ...(within
            ? [
                {
                  id: "end",
                  title: t("people.action"),
                  numeric: true,
                  cell: ({ id, browser }: PersonView["sessions"][number]) => (
                    <Button
                      tone="quiet"
                      disabled={busy}
                      aria-label={t("people.endSessionOf", { browser })}
                      onClick={() => run(() => calls.endSession(person.id, id))}
                      className="-my-2 -me-4"
                    >
                      {t("people.endSession")}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      {within && sessions.length > 0 && (
        <Button
          tone="secondary"
          icon="signOut"
          busy={busy}
          onClick={() => run(() => calls.signOut(person.id))}
          className="self-start"
        >
          {t("people.signOut")}
        </Button>
      )}
    </PanelGroup>
  );
}

function Devices({ details, within, onChanged }: BrowsersProps): ReactElement {
  const { person, devices } = details;
  const { t } = useI18n();
  const { may } = useAdmin();
  const words = usePersonWords();
  const calls = usePeopleCalls();
  const errorText = useErrorText();
  const [asked, setAsked] = useState<PersonView["devices"][number] | null>(null);
  const { run, busy, error } = useGuardedAction(async ({ id }: PersonView["devices"][number]) => {
    await calls.removeDevice(person.id, id);
    onChanged();
  });
  return (
    <PanelGroup title={t("people.devices")} intro={t("people.devicesIntro")}>
      <Table
        label={t("people.devices")}
        rows={devices}
        rowKey={({ id }) => id}
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
          ...(within && may("change-people")
            ? [
                {
                  id: "remove",
                  title: t("people.action"),
                  numeric: true,
                  cell: (device: PersonView["devices"][number]) => (
                    <Button
                      tone="quiet"
                      disabled={busy}
                      aria-label={t("people.removeDeviceOf", { browser: device.name })}
                      onClick={() => setAsked(device)}
                      className="-my-2 -me-4"
                    >
                      {t("people.removeDevice")}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={() => setAsked(null)}
        title={t("people.removeDevice")}
        description={t("people.removeDeviceSure", { browser: asked?.name ?? "" })}
        confirmLabel={t("people.removeDevice")}
        cancelLabel={t("people.cancel")}
        closeLabel={t("common.close")}
        onConfirm={() => {
          setAsked(null);
          if (asked) run(asked);
        }}
      />
    </PanelGroup>
  );
}
