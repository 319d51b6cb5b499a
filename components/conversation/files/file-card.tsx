"use client";

import type { ReactElement } from "react";
import { IconButton } from "@/components/ui/button";
import { formatBytes } from "@/lib/client/hooks/bytes-format";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import type { FilePlace } from "@/lib/client/model-files";
import type { AttachedFile } from "@/lib/protocol/content";
import { KindIcon } from "./kind-icon";
import { Progress } from "./progress";
import { useSave } from "./use-save";

/** A file that is not shown: what it is called, how large it is, and how to save it. */
export function FileCard({ place, file }: { place: FilePlace; file: AttachedFile }): ReactElement {
  const { t, locale } = useSayingTexts();
  const { saving, save, stop } = useSave(place, file);
  const { name, size } = file;
  const busy = saving.state === "saving";
  return (
    <div className="flex w-[min(20rem,72vw)] max-w-full items-center gap-2.5 rounded-xl bg-ink/5 ps-3">
      <KindIcon name={name} />
      <span className="min-w-0 flex-1 py-1.5">
        <span title={name} className="block truncate font-medium">
          <bdi>{name}</bdi>
        </span>
        {busy ? (
          <Progress label={t("files.save", { name })} done={saving.done} total={size} />
        ) : (
          <span role="status" className="block text-soft text-xs">
            {saving.state === "failed" ? (
              <span className="text-danger">{t(`files.${saving.reason}`)}</span>
            ) : saving.state === "saved" ? (
              t("files.saved")
            ) : (
              formatBytes(size, locale)
            )}
          </span>
        )}
      </span>
      <IconButton
        icon={busy ? "close" : "download"}
        label={t(busy ? "files.stop" : "files.save", { name })}
        onClick={busy ? stop : save}
      />
    </div>
  );
}
