"use client";

import { clsx } from "clsx";
import { type KeyboardEvent, type ReactElement, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Icon } from "@/components/ui/icons";
import { isComposing } from "@/components/ui/is-composing";
import { useToast } from "@/components/ui/toast";
import { useI18n } from "@/lib/client/hooks/i18n";
import { conversationName } from "@/lib/client/hooks/person-name";
import { useDraft } from "@/lib/client/hooks/use-draft";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import type { Conversation } from "@/lib/client/model";
import type { Content } from "@/lib/protocol/content";
import { LIMITS } from "@/lib/protocol/limits";
import type { ComposerHandle } from "./saying/composer-handle";
import { useTalk } from "./saying/talk";
import { useSaying } from "./saying/use-saying";

/** The counter appears this many characters before the limit. */
const COUNT_FROM = 500;
const MAX_HEIGHT = 196;

function isTouch(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}

/** Must be keyed by conversation: it holds that conversation's draft. */
export function Composer({ conversation }: { conversation: Conversation }): ReactElement {
  const [draft, setDraft] = useDraft(conversation.id);
  const saying = useSaying();
  const area = useRef<HTMLDivElement>(null);
  const focus = (): void => {
    requestAnimationFrame(() => area.current?.querySelector("textarea")?.focus());
  };
  return (
    <div ref={area} className="contents">
      {saying && (
        <saying.ScheduledBar
          conversation={conversation}
          onEdit={(text) => {
            setDraft(draft ? `${draft}\n${text}` : text);
            focus();
          }}
          onEmpty={focus}
        />
      )}
      <ComposerField conversation={conversation} draft={draft} setDraft={setDraft} />
    </div>
  );
}

interface ComposerFieldProps {
  conversation: Conversation;
  draft: string;
  setDraft: (text: string) => void;
  /** What it is for, where that is not a message to the conversation. */
  label?: string;
}

export function ComposerField(props: ComposerFieldProps): ReactElement {
  const { conversation, draft, setDraft, label } = props;
  const { t } = useI18n();
  const messenger = useMessenger();
  const toast = useToast();
  const errorText = useErrorText();
  const saying = useSaying();
  const extras = useRef<ComposerHandle>(null);
  const { attached } = useTalk();
  /** The other words for a message, while it is edited: the draft waits. */
  const [edited, setEdited] = useState<string | null>(null);
  const text = edited ?? draft;
  const setText = edited === null ? setDraft : setEdited;
  const input = useRef<HTMLTextAreaElement>(null);
  const name = conversationName(conversation, t);
  const left = LIMITS.messageChars - text.length;
  const hasFiles = attached.length > 0 && edited === null;
  const ready = conversation.canSend && (hasFiles || text.trim() !== "") && left >= 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the text decides the height.
  useLayoutEffect(() => {
    const area = input.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, MAX_HEIGHT)}px`;
  }, [text]);

  useEffect(() => {
    // A phone's keyboard would cover the messages that the person came to read.
    if (!isTouch()) input.current?.focus();
  }, []);

  const send = (): void => {
    if (!ready) return;
    const words = text.trim();
    // Before it is known what would be a command, nothing that looks like one leaves.
    if (extras.current ? extras.current.command(words) : /^\/(?!\/)/.test(words)) return;
    const content: Content | null = extras.current
      ? extras.current.contentOf(words)
      : { type: "text", text: words };
    setText("");
    extras.current?.done();
    if (!content) return;
    const sent =
      hasFiles && extras.current && content.type === "text"
        ? extras.current.sendFiles(content)
        : messenger.send(conversation.id, content);
    sent.catch((error: unknown) => {
      // It was not queued: give the words back, before anything that was typed since.
      setDraft(input.current?.value ? `${text}\n${input.current.value}` : text);
      toast(errorText(error));
    });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (extras.current?.keyDown(event)) return;
    if (event.key !== "Enter" || event.shiftKey || isComposing(event) || isTouch()) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="mx-auto w-full max-w-3xl px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-5"
    >
      {!conversation.canSend && (
        <p id="composer-closed" className="pb-1.5 text-sm text-soft">
          {t("composer.closed")}
        </p>
      )}
      {saying && <saying.Uploads />}
      <div className="relative flex flex-wrap items-end rounded-2xl border border-edge bg-raised has-focus-visible:border-accent has-focus-visible:outline-1 has-focus-visible:outline-accent">
        {saying ? (
          <saying.ComposerExtras
            ref={extras}
            input={input}
            text={text}
            onText={setText}
            editing={edited !== null}
            onEdit={setEdited}
          />
        ) : (
          <span className="target aspect-square pointer-fine:w-19" />
        )}
        <textarea
          ref={input}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            if (edited === null && event.target.value.trim()) messenger.writes(conversation.id);
          }}
          onKeyDown={onKeyDown}
          disabled={!conversation.canSend}
          rows={1}
          dir="auto"
          aria-label={label ?? t("composer.label", { name })}
          aria-describedby={conversation.canSend ? undefined : "composer-closed"}
          aria-invalid={left < 0 || undefined}
          placeholder={label ?? t("composer.placeholder", { name })}
          className="input-text target min-w-0 flex-1 resize-none bg-transparent py-2 ps-1 pe-1 outline-none placeholder:truncate placeholder:text-faint disabled:opacity-60 pointer-coarse:py-2.5"
        />
        {left < COUNT_FROM && (
          <p
            role="status"
            className={clsx(
              "self-center px-2 text-xs tabular-nums",
              left < 0 ? "font-semibold text-danger" : "text-faint",
            )}
          >
            {left < 0 ? t("composer.over", { count: -left }) : t("composer.left", { count: left })}
          </p>
        )}
        {saying && (
          <saying.LaterButton
            id={conversation.id}
            text={text}
            ready={ready && edited === null && !hasFiles}
            contentOf={() => extras.current?.contentOf(text.trim()) ?? null}
            onKept={() => {
              setText("");
              extras.current?.done();
              requestAnimationFrame(() => input.current?.focus());
            }}
          />
        )}
        <button
          type="submit"
          aria-label={t("composer.send")}
          title={t("composer.send")}
          aria-disabled={!ready}
          // Keeps the focus, and with it the phone's keyboard, in the text.
          onPointerDown={(event) => event.preventDefault()}
          className={clsx(
            "target m-0.5 inline-flex aspect-square items-center justify-center rounded-xl transition-colors",
            ready ? "bg-accent text-on-accent hover:bg-accent-deep" : "text-faint",
          )}
        >
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}
