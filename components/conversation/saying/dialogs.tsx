"use client";

import type { ReactElement } from "react";
import { BlockDialog } from "@/components/people/block-dialog";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { DeleteDialog } from "./delete-dialog";
import { DetailsDialog } from "./details-dialog";
import type { MessageDialogProps } from "./dialog-props";
import { ForwardDialog } from "./forward-dialog";
import { HistoryDialog } from "./history-dialog";
import { LeaveRoomDialog } from "./leave-room-dialog";
import { PollForm } from "./poll-form";
import { ReportDialog } from "./report-dialog";
import { type Asked, useTalk } from "./talk";
import { VotersDialog } from "./voters-dialog";

/** The dialogs about messages; fetched with the first of them. */
export function AskedDialog({ asked }: { asked: Asked }): ReactElement | null {
  const { conversation, ask } = useTalk();
  const id = asked.message?.id;
  // As it is now: reactions and votes go on while it is looked at.
  const message = useMessengerState((state) =>
    state.timelines.get(conversation.id)?.messages.find((one) => one.id === id),
  );
  const dialog = { onClose: () => ask(null), returnTo: { current: asked.from } };
  if (asked.what === "poll") return <PollForm {...dialog} />;
  if (asked.what === "leave") return <LeaveRoomDialog {...dialog} />;
  if (!message) return null;
  if (asked.what === "voters") return <VotersDialog message={message} {...dialog} />;
  if (asked.what === "history") return <HistoryDialog message={message} {...dialog} />;
  if (asked.what === "details") return <DetailsDialog message={message} {...dialog} />;
  if (asked.what === "forward") return <ForwardDialog message={message} {...dialog} />;
  if (asked.what === "block") return <BlockSender message={message} {...dialog} />;
  if (asked.what === "report") return <ReportDialog message={message} {...dialog} />;
  return <DeleteDialog message={message} {...dialog} />;
}

function BlockSender({ message, ...dialog }: MessageDialogProps): ReactElement | null {
  const sender = useMessengerState((state) => state.people.get(message.sender));
  return sender ? <BlockDialog person={sender} {...dialog} /> : null;
}
