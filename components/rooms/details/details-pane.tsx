"use client";

import { type ReactElement, Suspense } from "react";
import { useSaying } from "@/components/conversation/saying/use-saying";
import { SidePaneLoading } from "@/components/messenger/side-pane";
import { lateView } from "@/components/ui/late-view";
import type { Conversation } from "@/lib/client/model";
import { RoomDetails } from "./room-details";

const FilesPane = lateView(
  async () => (await import("@/components/conversation/files/list/files-pane")).FilesPane,
);

/** What there is to know about a conversation; of one of two, its files. */
export function DetailsPane(props: { conversation: Conversation; route: string }): ReactElement {
  const { conversation, route } = props;
  // Brings the words of files.
  const saying = useSaying();
  const listsFiles = route === "files" || !conversation.room;
  return (
    <Suspense fallback={<SidePaneLoading />}>
      {!listsFiles ? (
        <RoomDetails conversation={conversation} route={route} />
      ) : saying ? (
        <FilesPane conversation={conversation} />
      ) : (
        <SidePaneLoading />
      )}
    </Suspense>
  );
}
