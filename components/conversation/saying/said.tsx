"use client";

import type { ReactElement, ReactNode } from "react";
import { Icon } from "@/components/ui/icons";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import type { Message } from "@/lib/client/model";
import { MessageFiles } from "../files/message-files";
import { Poll } from "./poll";
import { QuoteLink } from "./quote";

/** Inside a bubble: whose words they are, what they answer, and the words or the poll. @param children the words */
export function Said(props: { message: Message; senderName: string; children: ReactNode }): ReactElement {
  const { t } = useSayingTexts();
  const { message, senderName, children } = props;
  const { body, reply } = message;
  return (
    <>
      {body.kind === "text" && body.forwarded && (
        <p className="flex items-center gap-1 text-faint text-xs">
          <Icon name="forward" className="size-3.5" />
          {t("saying.forwarded")}
        </p>
      )}
      {reply && <QuoteLink quote={reply} />}
      {body.kind === "text" && body.files.length > 0 && <MessageFiles message={message} files={body.files} />}
      {body.kind === "poll" && <Poll message={message} poll={body} />}
      {body.kind === "text" && body.action ? (
        <div className="flex flex-wrap gap-x-1.5 italic">
          <bdi className="font-semibold">{senderName}</bdi>
          {children}
        </div>
      ) : (
        children
      )}
    </>
  );
}
