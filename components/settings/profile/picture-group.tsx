"use client";

import { type ReactElement, useEffect, useRef, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAccount } from "@/lib/client/hooks/use-account";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import type { Person } from "@/lib/client/model";

const TYPES = "image/jpeg,image/png,image/webp";

/** Choose a file, look at what becomes of it, and only then show it to others. */
export function PictureGroup({ me }: { me: Person }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const { profile } = useAccount();
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<Blob | null>(null);
  const crop = useAction(async (file: File) => setChosen(await profile.cropPicture(file)));
  const save = useAction(async (picture: Blob) => {
    await profile.setPicture(picture);
    setChosen(null);
  });
  const remove = useAction(profile.removePicture);
  const error = crop.error ?? save.error ?? remove.error;
  const choose = (): void => {
    for (const { clearError } of [crop, save, remove]) clearError();
    input.current?.click();
  };
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        {chosen ? (
          <Preview picture={chosen} label={t("profile.picturePreview")} />
        ) : (
          <Avatar person={me} className="size-24 text-3xl" />
        )}
        <div className="flex flex-wrap gap-2">
          {chosen ? (
            <>
              <Button busy={save.busy} onClick={() => save.run(chosen)}>
                {t("profile.pictureUse")}
              </Button>
              <Button tone="secondary" disabled={save.busy} onClick={choose}>
                {t("profile.pictureOther")}
              </Button>
              <Button tone="quiet" disabled={save.busy} onClick={() => setChosen(null)}>
                {t("common.cancel")}
              </Button>
            </>
          ) : (
            <>
              <Button tone="secondary" busy={crop.busy} onClick={choose}>
                {t(me.picture ? "profile.pictureChange" : "profile.pictureChoose")}
              </Button>
              {me.picture && (
                <Button tone="quiet" busy={remove.busy} onClick={remove.run}>
                  {t("profile.pictureRemove")}
                </Button>
              )}
            </>
          )}
        </div>
      </div>
      <input
        ref={input}
        type="file"
        accept={TYPES}
        aria-label={t("profile.pictureChoose")}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // So that the same file can be chosen again.
          event.target.value = "";
          if (file) crop.run(file);
        }}
      />
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
    </div>
  );
}

function Preview({ picture, label }: { picture: Blob; label: string }): ReactElement {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(picture);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  // biome-ignore lint/performance/noImgElement: a blob of this page.
  return <img src={url} alt={label} className="size-24 rounded-full bg-line" />;
}
