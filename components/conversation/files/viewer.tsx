"use client";

import * as Radix from "@radix-ui/react-dialog";
import { type KeyboardEvent, type ReactElement, type RefObject, useCallback, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useCloseGesture } from "@/lib/client/hooks/use-close-gesture";
import type { FilePlace, Files } from "@/lib/client/model-files";
import type { AttachedPicture } from "./attached-picture";
import { PICTURE_PIXELS, PREVIEW_PIXELS, usePicture } from "./use-picture";
import { useSave } from "./use-save";

/** More is not drawn, only saved: it would be in memory as a whole. */
const MOST_BYTES = 64 * 1024 * 1024;

interface ViewerProps {
  place: FilePlace;
  pictures: readonly AttachedPicture[];
  start: number;
  returnTo: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** The pictures of one message, one at a time and as large as fits. */
export function Viewer({ place, pictures, start, returnTo, onClose }: ViewerProps): ReactElement | null {
  const { t } = useSayingTexts();
  const [at, setAt] = useState(start);
  useCloseGesture(true, onClose);
  const picture = pictures[at] ?? pictures[0];
  if (!picture) return null;
  const step = (by: number): void => setAt((at + by + pictures.length) % pictures.length);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by && pictures.length > 1) step(document.dir === "rtl" ? -by : by);
  };
  return (
    <Radix.Root open onOpenChange={(open) => open || onClose()}>
      <Radix.Portal>
        <Radix.Content
          aria-describedby={undefined}
          onKeyDown={onKeyDown}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            returnTo.current?.focus();
          }}
          className="fixed inset-0 z-50 flex animate-fade flex-col bg-paper"
        >
          <header className="flex items-center gap-1 border-line border-b ps-4 pe-2 pt-[env(safe-area-inset-top)]">
            <Radix.Title className="min-w-0 flex-1 truncate py-3 font-medium">
              <bdi>{picture.name}</bdi>
            </Radix.Title>
            {pictures.length > 1 && (
              <p aria-live="polite" className="px-2 text-soft text-sm tabular-nums">
                {t("files.viewerPlace", { place: at + 1, total: pictures.length })}
              </p>
            )}
            <SaveButton key={picture.id} place={place} picture={picture} />
            <IconButton icon="close" label={t("common.close")} onClick={onClose} />
          </header>
          <div className="relative flex min-h-0 flex-1 items-center justify-center p-2">
            <Shown key={picture.id} place={place} picture={picture} />
            {pictures.length > 1 && (
              <>
                <IconButton
                  icon="arrowLeft"
                  label={t("files.previous")}
                  onClick={() => step(-1)}
                  className="absolute! start-2 bg-raised shadow-lift"
                />
                <IconButton
                  icon="arrowLeft"
                  label={t("files.next")}
                  onClick={() => step(1)}
                  className="absolute! end-2 rotate-180 bg-raised shadow-lift"
                />
              </>
            )}
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Shown({ place, picture }: { place: FilePlace; picture: AttachedPicture }): ReactElement {
  const { t } = useSayingTexts();
  const openPreview = useCallback((files: Files) => files.preview(place, picture.preview), [place, picture]);
  const open = useCallback(
    async (files: Files, signal: AbortSignal) => {
      if (picture.size > MOST_BYTES) return null;
      const parts: Uint8Array<ArrayBuffer>[] = [];
      for await (const part of files.open(place, picture, signal)) parts.push(part);
      return new Uint8Array(await new Blob(parts).arrayBuffer());
    },
    [place, picture],
  );
  const preview = usePicture(openPreview, PREVIEW_PIXELS);
  const whole = usePicture(open, PICTURE_PIXELS);
  const [undrawable, setUndrawable] = useState(false);
  const failed = undrawable ? "notShown" : whole.state === "failed" ? whole.reason : null;
  const best = whole.state === "shown" && !undrawable ? whole : preview;
  return (
    <>
      {best.state === "shown" && (
        // biome-ignore lint/performance/noImgElement: a blob of this page.
        <img
          src={best.url}
          alt={t("files.picture", { name: picture.name })}
          onError={() => best === whole && setUndrawable(true)}
          className={
            best === whole ? "max-h-full max-w-full object-contain" : "size-full object-contain opacity-70"
          }
        />
      )}
      <p
        role="status"
        className="absolute bottom-4 max-w-[90%] rounded-full bg-raised px-4 py-1.5 text-sm shadow-lift empty:hidden"
      >
        {failed ? t(`files.${failed}`) : whole.state === "loading" ? t("files.fetching") : null}
      </p>
    </>
  );
}

function SaveButton({ place, picture }: { place: FilePlace; picture: AttachedPicture }): ReactElement {
  const { t } = useSayingTexts();
  const { saving, save } = useSave(place, picture);
  const word =
    saving.state === "saved"
      ? t("files.saved")
      : saving.state === "failed"
        ? t(`files.${saving.reason}`)
        : null;
  return (
    <>
      {word && (
        <span role="status" className="px-1 text-soft text-sm">
          {word}
        </span>
      )}
      <IconButton
        icon="download"
        label={t("files.save", { name: picture.name })}
        disabled={saving.state === "saving"}
        onClick={save}
      />
    </>
  );
}
