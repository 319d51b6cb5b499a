"use client";

import { useToast } from "@/components/ui/toast";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useChangeNotes } from "@/lib/client/hooks/use-change-notes";
import { openThreadRoute } from "@/lib/client/hooks/use-conversation-route";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import type { Message } from "@/lib/client/model";
import { type ConversationNotes, MAX_STARS } from "@/lib/client/model-notes";
import type { ActionName } from "./actions";
import { useTalk } from "./talk";
import { refOf } from "./use-say";

/** What opens something first. */
const ASKING = ["react", "forward", "details", "report", "block", "delete"] as const;
type Asking = (typeof ASKING)[number];

/** Does what was chosen for a message, and closes what it was chosen in. */
export function useActions(): (name: ActionName, message: Message, from: HTMLElement | null) => void {
  const { t } = useSayingTexts();
  const toast = useToast();
  const errorText = useErrorText();
  const messenger = useMessenger();
  const { conversation, ask, compose } = useTalk();
  const changeNotes = useChangeNotes(conversation.id, () => toast(t("saying.starLater")));
  return (name, message, from) => {
    if (ASKING.includes(name as Asking)) {
      ask({ what: name as Asking, message, from });
      return;
    }
    ask(null);
    if (name === "reply" || name === "edit") compose({ kind: name, message });
    if (name === "star" || name === "unstar") {
      const starred = name === "star";
      changeNotes((notes) => changeStar(notes, message, starred)).catch((error: unknown) =>
        toast(errorText(error)),
      );
    }
    if (name === "inThread" && message.seq !== null) openThreadRoute(conversation.id, message.seq);
    const target = refOf(message);
    if (target && (name === "pin" || name === "unpin")) {
      messenger
        .rooms()
        .then((rooms) => rooms[name](conversation.id, target))
        .catch((error: unknown) => toast(errorText(error)));
    }
    if (name === "copy" && message.body.kind === "text") {
      navigator.clipboard.writeText(message.body.text).catch(() => toast(t("saying.copyFailed")));
    }
  };
}

/** The oldest star gives way where there are too many. */
function changeStar(notes: ConversationNotes, { id, seq }: Message, starred: boolean): ConversationNotes {
  if (seq === null || starred === notes.stars.some((star) => star.id === id)) return notes;
  const others = notes.stars.filter((star) => star.id !== id);
  const stars = starred ? [...others, { id, seq, at: Date.now() }].slice(-MAX_STARS) : others;
  return { ...notes, stars };
}
