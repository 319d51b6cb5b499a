"use client";

import type { ReactElement } from "react";
import { Icon } from "@/components/ui/icons";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useFileInput } from "../files/use-file-input";
import { moveByArrows } from "./actions-panel";
import { Panel } from "./panel";
import { useTalk } from "./talk";

/** What can be sent besides words. */
export function AddPanel({ from }: { from: HTMLElement | null }): ReactElement {
  const { t } = useSayingTexts();
  const { ask } = useTalk();
  const { choose, input } = useFileInput(() => ask(null));
  return (
    <Panel
      title={t("composer.add")}
      from={from}
      onClose={() => ask(null)}
      onKeyDown={moveByArrows}
      className="sm:min-w-52"
    >
      <div className="flex flex-col p-1.5">
        <button
          type="button"
          onClick={choose}
          className="target flex items-center gap-3 rounded-md px-2.5 py-1 text-start hover:bg-hover focus-visible:-outline-offset-2"
        >
          <Icon name="clip" className="size-4.5 text-soft" />
          {t("files.attach")}
        </button>
        {input}
        <button
          type="button"
          onClick={() => ask({ what: "poll", message: null, from })}
          className="target flex items-center gap-3 rounded-md px-2.5 py-1 text-start hover:bg-hover focus-visible:-outline-offset-2"
        >
          <Icon name="poll" className="size-4.5 text-soft" />
          {t("poll.new")}
        </button>
      </div>
    </Panel>
  );
}
