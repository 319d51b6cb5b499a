"use client";

import { type ReactElement, useEffect, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { formatBytes } from "@/lib/client/hooks/bytes-format";
import { makePreview } from "@/lib/client/hooks/files/make-preview";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useTalk } from "../saying/talk";
import { KindIcon } from "./kind-icon";

/** Above the words that are being written: the files that go with them. */
export function AttachedFiles(): ReactElement | null {
  const { t, locale } = useSayingTexts();
  const { attached, attach } = useTalk();
  if (attached.length === 0) return null;
  return (
    <ul
      aria-label={t("files.chosen")}
      className="flex max-h-44 basis-full flex-wrap gap-1.5 overflow-y-auto border-line border-b p-1.5"
    >
      {attached.map((file, place) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: the same file may be there twice.
          key={place}
          className="flex min-w-0 max-w-full items-center gap-2 rounded-xl bg-ink/5 ps-2 sm:max-w-72"
        >
          <Thumbnail file={file} />
          <span className="min-w-0 flex-1 text-sm leading-tight">
            <span title={file.name} className="block truncate font-medium">
              <bdi>{file.name}</bdi>
            </span>
            <span className="text-soft text-xs">{formatBytes(file.size, locale)}</span>
          </span>
          <IconButton
            icon="close"
            label={t("files.remove", { name: file.name })}
            onClick={() => attach(attached.filter((_, other) => other !== place))}
          />
        </li>
      ))}
    </ul>
  );
}

/** One's own file, drawn by this browser from this disk. */
function Thumbnail({ file }: { file: File }): ReactElement {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let left = false;
    makePreview(file)
      .then((preview) => {
        if (!preview || left) return;
        made = URL.createObjectURL(new Blob([preview.bytes as Uint8Array<ArrayBuffer>]));
        setUrl(made);
      })
      .catch(() => undefined);
    return () => {
      left = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [file]);
  if (!url) return <KindIcon name={file.name} />;
  // biome-ignore lint/performance/noImgElement: a blob of this page.
  return <img src={url} alt="" className="size-9 shrink-0 rounded-md object-cover" />;
}
