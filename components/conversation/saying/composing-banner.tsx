"use client";

import type { ReactElement } from "react";
import { IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icons";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { QuotedWords } from "./quote";
import type { Composing } from "./talk";

/** Above the words that are being written: which message they answer, or change. */
export function ComposingBanner(props: { composing: Composing; onCancel: () => void }): ReactElement {
  const { t } = useSayingTexts();
  const { kind, message } = props.composing;
  return (
    <section
      aria-label={t(`saying.${kind}ing`)}
      className="flex basis-full items-center gap-3 border-line border-b py-1.5 ps-4 pe-1"
    >
      <Icon name={kind === "edit" ? "pencil" : "reply"} className="size-4.5 text-accent" />
      <div className="min-w-0 flex-1 text-sm">
        {kind === "edit" ? (
          <span className="font-semibold">{t("saying.editing")}</span>
        ) : (
          <QuotedWords message={message} />
        )}
      </div>
      <IconButton icon="close" label={t(`saying.${kind}Cancel`)} onClick={props.onCancel} />
    </section>
  );
}
