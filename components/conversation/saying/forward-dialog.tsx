"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { INPUT_CLASS } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { guardUnload } from "@/lib/client/hooks/files/guard-unload";
import { conversationName } from "@/lib/client/hooks/person-name";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useAction } from "@/lib/client/hooks/use-action";
import { openConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessenger, useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Conversation } from "@/lib/client/model";
import { ConversationAvatar } from "../conversation-avatar";
import type { MessageDialogProps } from "./dialog-props";
import { useTalk } from "./talk";

/** Passes somebody's words on, marked as such, to one conversation or several. */
export function ForwardDialog({ message, onClose, returnTo }: MessageDialogProps): ReactElement {
  const { t } = useSayingTexts();
  const errorText = useErrorText();
  const messenger = useMessenger();
  const conversations = useMessengerState((state) => state.conversations);
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<Conversation["id"]>>(new Set());
  const { body } = message;
  const place = { conversation: useTalk().conversation.id, sender: message.sender };

  const forward = useAction(async () => {
    if (body.kind !== "text") return;
    const said = { text: body.text, forwarded: true } as const;
    const files = body.files.length > 0 ? await messenger.files() : null;
    for (const id of chosen) {
      if (files) {
        // Sealed for one conversation, they open in no other.
        const sources = await Promise.all(body.files.map((file) => files.sourceOf(place, file)));
        await files.send(id, said, sources);
        guardUnload(messenger);
      } else {
        await messenger.send(id, { type: "text", ...said });
      }
    }
    onClose();
    const [only] = chosen;
    if (only && chosen.size === 1) openConversationRoute(only);
  });

  const wanted = query.trim().toLowerCase();
  const open = (conversations ?? []).filter(({ canSend }) => canSend);
  const shown = open.filter((one) => conversationName(one, t).toLowerCase().includes(wanted));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("forward.title")}
      closeLabel={t("common.close")}
      returnTo={returnTo}
    >
      <div className="px-5 pt-3 pb-2">
        <input
          type="text"
          aria-label={t("forward.search")}
          placeholder={t("forward.search")}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          autoComplete="off"
          className={INPUT_CLASS}
        />
      </div>
      <ul aria-label={t("messenger.conversations")} className="min-h-40 overflow-y-auto px-2.5">
        {shown.map((conversation) => (
          <li key={conversation.id}>
            <label className="target flex cursor-pointer items-center gap-3 rounded-lg px-2.5 py-1.5 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent">
              <ConversationAvatar conversation={conversation} className="size-9 text-sm" />
              <span className="cut flex-1 font-medium">
                <bdi>{conversationName(conversation, t)}</bdi>
              </span>
              <input
                type="checkbox"
                checked={chosen.has(conversation.id)}
                onChange={() => {
                  const next = new Set(chosen);
                  if (!next.delete(conversation.id)) next.add(conversation.id);
                  setChosen(next);
                }}
                className="size-4.5 accent-accent outline-none"
              />
            </label>
          </li>
        ))}
        {shown.length === 0 && <li className="px-2.5 py-2 text-soft">{t("forward.none")}</li>}
      </ul>
      <div className="flex flex-col gap-3 p-5 pt-3">
        {forward.error !== null && <Notice tone="danger">{errorText(forward.error)}</Notice>}
        <Button icon="forward" busy={forward.busy} disabled={chosen.size === 0} onClick={forward.run}>
          {chosen.size > 1 ? t("forward.sendTo", { count: chosen.size }) : t("saying.forward")}
        </Button>
      </div>
    </Dialog>
  );
}
