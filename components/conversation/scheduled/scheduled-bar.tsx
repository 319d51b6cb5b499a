"use client";

import { type ReactElement, Suspense, useState } from "react";
import { Icon } from "@/components/ui/icons";
import { lateView } from "@/components/ui/late-view";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useScheduled } from "@/lib/client/hooks/use-scheduled";
import type { ScheduledListProps } from "./scheduled-list";

const loadList = () => import("./scheduled-list");
const ScheduledList = lateView(async () => (await loadList()).ScheduledList);

function fetchEarly(): void {
  loadList().catch(() => undefined);
}

/** Above where one writes: how many messages wait for their time; a press shows them. */
export function ScheduledBar(
  props: Omit<ScheduledListProps, "from" | "onClose"> & {
    /** The last one is gone, and with it what had the focus. */
    onEmpty?: () => void;
  },
): ReactElement | null {
  const { conversation, onEdit, onEmpty } = props;
  const { t } = useSayingTexts();
  const [from, setFrom] = useState<HTMLElement | null>(null);
  const { length } = useScheduled(conversation.id);
  if (length === 0 && !from) return null;
  const close = (): void => {
    setFrom(null);
    if (length === 0) onEmpty?.();
  };
  return (
    <div className="mx-auto w-full max-w-3xl px-3 sm:px-5">
      <button
        type="button"
        aria-haspopup="dialog"
        onPointerEnter={fetchEarly}
        onFocus={fetchEarly}
        onClick={(event) => setFrom(event.currentTarget)}
        className="target -ms-1 flex items-center gap-1.5 rounded-lg px-2 font-medium text-accent text-sm hover:bg-hover"
      >
        <Icon name="clock" className="size-4" />
        {t("later.count", { count: length })}
      </button>
      {from && (
        <Suspense>
          <ScheduledList conversation={conversation} onEdit={onEdit} from={from} onClose={close} />
        </Suspense>
      )}
    </div>
  );
}
