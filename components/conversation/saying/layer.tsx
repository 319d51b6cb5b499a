"use client";

import { type ReactElement, type RefObject, useEffect } from "react";
import { useToast } from "@/components/ui/toast";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { later, useLater } from "@/lib/client/hooks/use-later";
import { DropTarget } from "../files/drop-target";
import { ActionsPanel } from "./actions-panel";
import { AddPanel } from "./add-panel";
import { EmojiPanel } from "./emoji-panel";
import { type Asked, useTalk } from "./talk";
import { useLongPress } from "./use-long-press";
import { useRowKeys } from "./use-row-keys";
import { useReact } from "./use-say";

const DIALOGS = later(() => import("./dialogs"));

/** What opens above a conversation, and the ways there by key and by finger. @param root around its rows and composer */
export function Layer({ root }: { root: RefObject<HTMLElement | null> }): ReactElement | null {
  const { asked } = useTalk();
  useRowKeys(root);
  useLongPress(root);
  const { canSend } = useTalk().conversation;
  return (
    <>
      {canSend && <DropTarget root={root} />}
      {asked && <Opened asked={asked} />}
    </>
  );
}

function Opened({ asked }: { asked: Asked }): ReactElement | null {
  const { t } = useSayingTexts();
  const { ask } = useTalk();
  const react = useReact();
  const { what, message, from } = asked;
  // The composer's own, which knows where the caret is.
  if (what === "emoji") return null;
  if (what === "add") return <AddPanel from={from} />;
  if (message && what === "actions") return <ActionsPanel message={message} from={from} />;
  if (message && what === "react") {
    const pick = (emoji: string): void => {
      react(message, emoji);
      ask(null);
    };
    return <EmojiPanel title={t("saying.react")} from={from} onPick={pick} onClose={() => ask(null)} />;
  }
  return <LateDialog asked={asked} />;
}

function LateDialog({ asked }: { asked: Asked }): ReactElement | null {
  const { ask } = useTalk();
  const toast = useToast();
  const errorText = useErrorText();
  const dialogs = useLater(DIALOGS);
  useEffect(() => {
    DIALOGS.fetch().catch((error: unknown) => {
      toast(errorText(error));
      ask(null);
    });
  }, [toast, errorText, ask]);
  return dialogs && <dialogs.AskedDialog asked={asked} />;
}
