"use client";

import type { ReactElement } from "react";
import { Markdown } from "@/components/markdown/markdown";
import { Dialog } from "@/components/ui/dialog";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { formatTime } from "@/lib/client/hooks/time-format";
import type { MessageDialogProps } from "./dialog-props";

/** The words as they are, and as they were before each edit, newest first. */
export function HistoryDialog({ message, onClose, returnTo }: MessageDialogProps): ReactElement | null {
  const { locale, t } = useSayingTexts();
  const { body } = message;
  if (body.kind !== "text") return null;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("history.title")}
      closeLabel={t("common.close")}
      returnTo={returnTo}
    >
      <ol className="flex flex-col gap-4 overflow-y-auto p-5 pt-3">
        <li>
          <h3 className="pb-1 font-semibold text-sm">{t("history.now")}</h3>
          <Markdown text={body.text} />
        </li>
        {[...body.earlier].reverse().map((version) => (
          <li key={version.at} className="border-line border-t pt-3 text-soft">
            <h3 className="pb-1 text-faint text-sm">
              <time dateTime={new Date(version.at).toISOString()}>
                {formatTime(version.at, locale, "moment")}
              </time>
            </h3>
            <Markdown text={version.text} />
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
