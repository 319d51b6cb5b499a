"use client";

import { clsx } from "clsx";
import { type KeyboardEvent, type Ref, type RefObject, useEffect, useImperativeHandle } from "react";
import { IconButton } from "@/components/ui/button";
import { isComposing } from "@/components/ui/is-composing";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import { AttachButton } from "../files/attach-button";
import { AttachedFiles } from "../files/attached-files";
import { useKeptFiles, usePastedFiles } from "../files/use-attach";
import { useSendFiles } from "../files/use-send-files";
import { isEditable } from "./actions";
import type { ComposerHandle } from "./composer-handle";
import { ComposingBanner } from "./composing-banner";
import { contentFor } from "./content-for";
import { EmojiPanel } from "./emoji-panel";
import { MentionOptions } from "./mention-options";
import { SlashOptions } from "./slash-options";
import { useTalk } from "./talk";
import { useMentionList } from "./use-mention-list";
import { useSlash } from "./use-slash";

interface ComposerExtrasProps {
  ref: Ref<ComposerHandle>;
  input: RefObject<HTMLTextAreaElement | null>;
  text: string;
  onText: (text: string) => void;
  editing: boolean;
  /** Shows other words than the draft; null brings the draft back. Must stay the same function. */
  onEdit: (text: string | null) => void;
}

/** In the composer's box: what is answered or edited, names to choose from, emoji, and what else can be sent. */
export function ComposerExtras(props: ComposerExtrasProps) {
  const { ref, input, text, onText, editing, onEdit } = props;
  const { t } = useSayingTexts();
  const messenger = useMessenger();
  const talk = useTalk();
  const { conversation, root, composing, compose, asked, ask } = talk;
  const sendFiles = useSendFiles();
  useKeptFiles(input);
  usePastedFiles(input);
  const mentions = useMentionList(input, text, onText);
  const slash = useSlash(input, text, onText, editing);

  useEffect(() => {
    const body = composing?.kind === "edit" ? composing.message.body : null;
    onEdit(body?.kind === "text" ? body.text : null);
    if (composing) input.current?.focus();
  }, [composing, onEdit, input]);

  const editLast = (): boolean => {
    const messages = messenger.getState().timelines.get(conversation.id)?.messages ?? [];
    const last = messages.findLast((one) => isEditable(one) && one.thread?.id === root?.id);
    if (last) compose({ kind: "edit", message: last });
    return last !== undefined;
  };

  const keyDown = (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    // With Alt an arrow leads to the messages.
    if (isComposing(event) || event.altKey) return false;
    if (slash.keyDown(event) || mentions.keyDown(event)) return true;
    if (event.key === "Escape") {
      if (!composing) return false;
      compose(null);
    } else if (event.key !== "ArrowUp" || text !== "" || composing || !editLast()) return false;
    event.preventDefault();
    return true;
  };

  useImperativeHandle(ref, () => ({
    keyDown,
    command: slash.run,
    contentOf: (words) => contentFor(words, { ...talk, people: mentions.people }),
    sendFiles,
    done: () => compose(null),
  }));

  const insert = (emoji: string): void => {
    const area = input.current;
    if (!area) return;
    const end = area.selectionStart + emoji.length;
    onText(text.slice(0, area.selectionStart) + emoji + text.slice(area.selectionEnd));
    ask(null);
    requestAnimationFrame(() => {
      area.focus();
      area.setSelectionRange(end, end);
    });
  };

  return (
    <>
      {composing && <ComposingBanner composing={composing} onCancel={() => compose(null)} />}
      {!editing && <AttachedFiles />}
      <MentionOptions list={mentions} />
      <SlashOptions slash={slash} />
      <span className="m-0.5 flex">
        {!root && (
          <IconButton
            icon="plus"
            label={t("composer.add")}
            disabled={!conversation.canSend || editing}
            onClick={(event) => ask({ what: "add", message: null, from: event.currentTarget })}
            className="rounded-xl! max-sm:-me-1"
          />
        )}
        <AttachButton
          disabled={!conversation.canSend || editing}
          // In a narrow window it stands behind the plus.
          className={clsx("rounded-xl!", !root && "max-sm:hidden")}
        />
        <IconButton
          icon="smile"
          label={t("composer.emoji")}
          disabled={!conversation.canSend}
          onClick={(event) => ask({ what: "emoji", message: null, from: event.currentTarget })}
          // A phone's keyboard has its own.
          className="rounded-xl! pointer-coarse:hidden"
        />
      </span>
      {asked?.what === "emoji" && (
        <EmojiPanel title={t("composer.emoji")} from={asked.from} onPick={insert} onClose={() => ask(null)} />
      )}
    </>
  );
}
