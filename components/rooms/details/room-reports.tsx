"use client";

import { type ReactElement, useRef, useState } from "react";
import { JumpToReported } from "@/components/reports/jump-to-reported";
import { LateReports } from "@/components/reports/late-reports";
import { ReportList } from "@/components/reports/report-list";
import { PanelFailed, PanelSkeleton } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import type { OpenedReport, ReceivedReport } from "@/lib/client/model-reports";
import { MemberMenu } from "./member-menu";
import { useOpenRoom } from "./use-open-room";

/** What members showed to those who moderate. */
export function RoomReports(): ReactElement {
  return (
    <div className="flex flex-col gap-4 px-4 py-5">
      <LateReports
        loading={<PanelSkeleton />}
        failed={(error, retry) => <PanelFailed error={error} onRetry={retry} />}
      >
        <Opened />
      </LateReports>
    </div>
  );
}

function Opened(): ReactElement {
  const { t } = useI18n();
  const { id } = useOpenRoom();
  return (
    <>
      <p className="text-pretty text-soft text-sm">{t("reports.roomIntro")}</p>
      <ReportList conversation={id} actions={(report) => <Actions report={report} />} />
    </>
  );
}

/** In the room itself: the message, and who wrote it. */
function Actions({ report }: { report: ReceivedReport }): ReactElement | null {
  const { details } = useOpenRoom();
  const { opened } = report;
  if (!opened) return null;
  const { message } = opened;
  const member = details.members.find(({ person }) => person.id === message.sender.id);
  return (
    <div className="-mx-2 flex flex-wrap items-center">
      <JumpToReported report={report} />
      {message.proof === "proven" && <DeleteReported message={message} />}
      {member && (
        <span className="ms-auto pe-2">
          <MemberMenu member={member} />
        </span>
      )}
    </div>
  );
}

function DeleteReported({ message }: { message: OpenedReport["message"] }): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const errorText = useErrorText();
  const messenger = useMessenger();
  const { id: room } = useOpenRoom();
  const [asking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { id, seq } = message;
  const remove = useAction(async () => {
    try {
      await messenger.openConversation(room);
      await messenger.reveal(room, seq);
      // Where it stands is the reporter's word: another message there must not go in its place.
      const there = messenger
        .getState()
        .timelines.get(room)
        ?.messages.find((one) => one.id === id);
      const found = there?.seq === seq && there.body.kind !== "deleted";
      if (found) await messenger.send(room, { type: "delete", target: { id, seq } });
      toast(t(found ? "reports.deleted" : "reports.missing"));
    } catch (error) {
      toast(errorText(error));
    }
    setAsking(false);
  });
  return (
    <>
      <Button ref={button} tone="quiet" icon="trash" onClick={() => setAsking(true)}>
        {t("reports.delete")}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("reports.deleteTitle")}
        description={t("reports.deleteBody")}
        confirmLabel={t("reports.delete")}
        cancelLabel={t("common.cancel")}
        closeLabel={t("common.close")}
        busy={remove.busy}
        returnTo={button}
        onConfirm={remove.run}
      />
    </>
  );
}
