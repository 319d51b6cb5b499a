"use client";

import { type ReactElement, useCallback, useMemo, useRef, useState } from "react";
import { useToast } from "@/components/ui/toast";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { later, useLater } from "@/lib/client/hooks/use-later";
import type { Message } from "@/lib/client/model";
import type { Files } from "@/lib/client/model-files";
import type { AttachedFile } from "@/lib/protocol/content";
import { useTalk } from "../saying/talk";
import type { AttachedPicture } from "./attached-picture";
import { FileCard } from "./file-card";
import { KindIcon } from "./kind-icon";
import { PREVIEW_PIXELS, usePicture } from "./use-picture";

const VIEWER = later(() => import("./viewer"));

/** In a bubble: pictures in small, and everything else as what can be saved. */
export function MessageFiles(props: { message: Message; files: readonly AttachedFile[] }): ReactElement {
  const { files } = props;
  const { conversation } = useTalk();
  const { sender } = props.message;
  const place = useMemo(() => ({ conversation: conversation.id, sender }), [conversation.id, sender]);
  const pictures = files.filter((file): file is AttachedPicture => file.preview !== undefined);
  const others = files.filter(({ preview }) => !preview);
  const [viewed, setViewed] = useState<number | null>(null);
  const pressed = useRef<HTMLElement>(null);
  const viewer = useLater(VIEWER);
  const toast = useToast();
  const errorText = useErrorText();
  const view = (picture: number, from: HTMLElement): void => {
    pressed.current = from;
    setViewed(picture);
    VIEWER.fetch().catch((error: unknown) => {
      setViewed(null);
      toast(errorText(error));
    });
  };
  return (
    <div className="flex flex-col gap-1.5 py-0.5">
      {pictures.length > 0 && (
        <div
          className={
            pictures.length > 1 ? "grid w-[min(20rem,72vw)] max-w-full grid-cols-2 gap-1" : "contents"
          }
        >
          {pictures.map((picture, i) => (
            <PreviewButton
              key={picture.id}
              place={place}
              picture={picture}
              alone={pictures.length === 1}
              onView={(from) => view(i, from)}
            />
          ))}
        </div>
      )}
      {others.map((file) => (
        <FileCard key={file.id} place={place} file={file} />
      ))}
      {viewer && viewed !== null && (
        <viewer.Viewer
          place={place}
          pictures={pictures}
          start={viewed}
          returnTo={pressed}
          onClose={() => setViewed(null)}
        />
      )}
    </div>
  );
}

/** Pixels of the page, at most; among several, each is a square. */
const MOST_WIDE = 320;
const MOST_HIGH = 360;

function PreviewButton(props: {
  place: { conversation: Parameters<Files["preview"]>[0]["conversation"]; sender: Message["sender"] };
  picture: AttachedPicture;
  alone: boolean;
  onView: (from: HTMLElement) => void;
}): ReactElement {
  const { t } = useSayingTexts();
  const { place, picture, alone, onView } = props;
  const { preview, name } = picture;
  const [turn, setTurn] = useState(0);
  const open = useCallback((files: Files) => files.preview(place, preview), [place, preview]);
  const shown = usePicture(open, PREVIEW_PIXELS, turn);
  const scale = Math.min(1, MOST_WIDE / preview.width, MOST_HIGH / preview.height);
  // Small ones are not blown up, but can be pressed.
  const size = alone
    ? { width: Math.max(64, preview.width * scale), aspectRatio: `${preview.width} / ${preview.height}` }
    : { aspectRatio: "1" };
  const failed = shown.state === "failed";
  const retry = failed && shown.reason === "away";
  return (
    <button
      type="button"
      // Its room is there before it is: nothing moves when it comes.
      style={size}
      onPointerEnter={() => void VIEWER.fetch().catch(() => undefined)}
      onClick={(event) => (retry ? setTurn(turn + 1) : onView(event.currentTarget))}
      aria-label={t("files.view", { name })}
      className="relative flex min-h-11 max-w-full items-center justify-center overflow-hidden rounded-xl bg-ink/8"
    >
      {shown.state === "shown" ? (
        // biome-ignore lint/performance/noImgElement: a blob of this page.
        <img src={shown.url} alt="" draggable={false} className="size-full object-cover" />
      ) : (
        <span className="flex flex-col items-center gap-1 p-2 text-center text-soft text-xs">
          <KindIcon name="a.png" />
          {failed && t(`files.${shown.reason}`)}
          {retry && <span className="font-medium text-accent">{t("common.retry")}</span>}
        </span>
      )}
    </button>
  );
}
