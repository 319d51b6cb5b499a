"use client";

import type { ReactElement } from "react";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import type { Message } from "@/lib/client/model";
import { useTalk } from "./talk";

/** Says that the words were others before, and shows them when pressed. */
export function EditedMark({ message }: { message: Message }): ReactElement | null {
  const { t } = useSayingTexts();
  const { ask } = useTalk();
  if (message.body.kind !== "text" || message.body.earlier.length === 0) return null;
  return (
    <button
      type="button"
      title={t("saying.editedHint")}
      onClick={(event) => ask({ what: "history", message, from: event.currentTarget })}
      // A finger's target is larger than the word.
      className="relative underline decoration-dotted underline-offset-2 before:absolute before:-inset-x-1 before:-inset-y-2 hover:text-ink"
    >
      {t("saying.edited")}
    </button>
  );
}
