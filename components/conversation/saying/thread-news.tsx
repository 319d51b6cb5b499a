"use client";

import { type ReactElement, useEffect, useMemo, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icons";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useThreadRoute } from "@/lib/client/hooks/use-conversation-route";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Conversation, Message } from "@/lib/client/model";
import { openMessage } from "../open-message";
import { type Looked, lookInto, unseenAnswers } from "./unseen-answers";

/** For those who go to another conversation and come back. `after` is null where nothing was left unseen. */
const kept = new Map<Conversation["id"], Pick<Looked, "threads"> & { readonly after: number | null }>();

/**
 * Above where one writes: how many answers came in threads that are not shown. They are read with the conversation,
 * whose one place of reading goes past them; a press leads to the first.
 */
export function ThreadNews(props: {
  id: Conversation["id"];
  messages: readonly Message[];
  /** Up to where one had read when the conversation was opened. */
  after: number;
}): ReactElement {
  const { id, messages, after } = props;
  const { t } = useSayingTexts();
  const open = useThreadRoute();
  const blocked = useMessengerState((state) => state.settings.blocked);
  const [looked, setLooked] = useState<Looked>(() => ({
    after: kept.get(id)?.after ?? after,
    threads: kept.get(id)?.threads ?? new Map(),
  }));
  const unseen = useMemo(
    () => unseenAnswers(messages, looked, open).filter(({ sender }) => !blocked.includes(sender)),
    [messages, looked, open, blocked],
  );
  const [first] = unseen;
  const threads = new Set(unseen.map(({ thread }) => thread?.seq)).size;
  useEffect(() => {
    if (open !== null) setLooked((before) => lookInto(before, messages, open));
  }, [messages, open]);
  useEffect(() => {
    kept.set(id, { after: first ? looked.after : null, threads: looked.threads });
  }, [id, looked, first]);
  return (
    <div role="status">
      {first && (
        <div className="mx-auto flex w-full max-w-3xl items-center px-3 sm:px-5">
          <button
            type="button"
            onClick={() => openMessage(id, first)}
            className="target -ms-1 flex items-center gap-1.5 rounded-lg px-2 text-start font-medium text-accent text-sm hover:bg-hover"
          >
            <Icon name="thread" className="size-4" />
            {threads > 1
              ? t("thread.newsOfSeveral", { replies: unseen.length, threads })
              : t("thread.news", { count: unseen.length })}
          </button>
          <IconButton
            icon="close"
            label={t("thread.dismiss")}
            onClick={() => setLooked({ ...looked, after: unseen.at(-1)?.seq ?? looked.after })}
            className="ms-auto"
          />
        </div>
      )}
    </div>
  );
}
