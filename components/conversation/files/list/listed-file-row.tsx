"use client";

import { type ReactElement, useMemo } from "react";
import { IconButton } from "@/components/ui/button";
import { formatBytes } from "@/lib/client/hooks/bytes-format";
import { formatBrief } from "@/lib/client/hooks/day-format";
import type { ListedFile } from "@/lib/client/hooks/files/use-file-list";
import { personName } from "@/lib/client/hooks/person-name";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { formatExact } from "@/lib/client/hooks/time-format";
import { conversationHref } from "@/lib/client/hooks/use-conversation-route";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { useToday } from "@/lib/client/hooks/use-today";
import { useWide } from "@/lib/client/hooks/use-wide";
import type { Conversation } from "@/lib/client/model";
import { KindIcon } from "../kind-icon";
import { Progress } from "../progress";
import { useSave } from "../use-save";

/** A file, who sent it and when; a press leads to its message. */
export function ListedFileRow(props: { conversation: Conversation; listed: ListedFile }): ReactElement {
  const { conversation, listed } = props;
  const { seq, sender, at, thread, file } = listed;
  const { t, locale } = useSayingTexts();
  const today = useToday();
  const wide = useWide();
  const person = useMessengerState(({ people }) => people.get(sender)) ?? conversation.peer;
  const place = useMemo(() => ({ conversation: conversation.id, sender }), [conversation.id, sender]);
  const { saving, save, stop } = useSave(place, file);
  const { name, size } = file;
  const busy = saving.state === "saving";
  // Where there is no room beside the conversation, it takes the list's place.
  const beside = wide ? `details=files&m=${seq}` : `m=${seq}`;
  return (
    <li className="flex items-center gap-1">
      <a
        href={conversationHref(conversation.id, thread > 0 ? `t=${thread}` : beside)}
        className="target flex min-w-0 flex-1 items-center gap-3 rounded-lg px-2 py-2 transition-colors hover:bg-hover focus-visible:-outline-offset-2"
      >
        <KindIcon name={name} />
        <span className="min-w-0 flex-1">
          <span title={name} className="block truncate font-medium">
            <bdi>{name}</bdi>
          </span>
          <span className="flex items-baseline gap-1.5 text-soft text-xs">
            <span className="shrink-0">{formatBytes(size, locale)}</span>
            <span aria-hidden="true">·</span>
            <bdi className="min-w-0 truncate">{person ? personName(person, t) : t("people.unknown")}</bdi>
            <span aria-hidden="true">·</span>
            <time dateTime={new Date(at).toISOString()} title={formatExact(at, locale)} className="shrink-0">
              {formatBrief(at, today, locale, t)}
            </time>
          </span>
          {busy && <Progress label={t("files.save", { name })} done={saving.done} total={size} />}
          <span role="status" className="block text-xs">
            {saving.state === "failed" && <span className="text-danger">{t(`files.${saving.reason}`)}</span>}
            {saving.state === "saved" && <span className="text-soft">{t("files.saved")}</span>}
          </span>
        </span>
      </a>
      <IconButton
        icon={busy ? "close" : "download"}
        label={t(busy ? "files.stop" : "files.save", { name })}
        onClick={busy ? stop : save}
        className="shrink-0"
      />
    </li>
  );
}
