"use client";

import type { ReactElement } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessenger, useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Files, Upload } from "@/lib/client/model-files";
import { useTalk } from "../saying/talk";
import { Progress } from "./progress";

/** Above the composer: one's own files that are on their way here, and how far they are. */
export function Uploads(): ReactElement | null {
  const { t } = useSayingTexts();
  const { conversation, root } = useTalk();
  const uploads = useMessengerState((state) => state.uploads);
  const here = uploads.filter((one) => one.conversation === conversation.id && one.thread?.id === root?.id);
  if (here.length === 0) return null;
  return (
    <ul aria-label={t("files.uploads")} className="flex max-h-40 flex-col gap-1 overflow-y-auto pb-1.5">
      {here.map((upload) => (
        <UploadRow key={upload.id} upload={upload} />
      ))}
    </ul>
  );
}

function UploadRow({ upload }: { upload: Upload }): ReactElement {
  const { t } = useSayingTexts();
  const toast = useToast();
  const errorText = useErrorText();
  const messenger = useMessenger();
  const online = useMessengerState((state) => state.connection === "online");
  const { id, names, state, done, total, failure } = upload;
  const [first = "", ...others] = names;
  const name = others.length > 0 ? t("files.andMore", { name: first, count: others.length }) : first;
  const act = (what: (files: Files) => unknown): void => {
    messenger
      .files()
      .then(what)
      .catch((error: unknown) => toast(errorText(error)));
  };
  const sentence =
    state === "failed"
      ? t("files.failed", { name, reason: t(`error.${failure ?? "unknown"}`) })
      : state === "sealing"
        ? t("files.sealing", { name })
        : t(online ? "files.uploading" : "files.paused", { name });
  return (
    <li className="flex items-center gap-2 rounded-xl bg-tint ps-3.5 text-sm">
      <div className="min-w-0 flex-1 py-1.5">
        {state === "failed" ? (
          <p role="alert" className="text-danger wrap-anywhere">
            {sentence}
          </p>
        ) : (
          <>
            <p dir="auto" className="truncate">
              {sentence}
            </p>
            <Progress label={sentence} done={done} total={total} />
          </>
        )}
      </div>
      {state === "failed" && (
        <Button
          tone="quiet"
          icon="retry"
          className="px-2.5! text-sm!"
          onClick={() => act((files) => files.retry(id))}
        >
          {t("common.retry")}
        </Button>
      )}
      <IconButton
        icon="close"
        label={t("files.cancel", { name })}
        onClick={() => act((files) => files.cancel(id))}
      />
    </li>
  );
}
