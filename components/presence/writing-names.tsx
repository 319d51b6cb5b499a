"use client";

import { type ReactElement, useEffect } from "react";
import { personName } from "@/lib/client/hooks/person-name";
import { usePresenceTexts } from "@/lib/client/hooks/presence-texts";
import { useMessenger, useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Conversation } from "@/lib/client/model";

/** "Bob is writing…": asked for while the conversation is open. Read by who looks, never announced. */
export function WritingNames({ id }: { id: Conversation["id"] }): ReactElement | null {
  const t = usePresenceTexts();
  const messenger = useMessenger();
  const writing = useMessengerState((state) => state.writing);
  const people = useMessengerState((state) => state.people);
  useEffect(() => messenger.watch({ conversation: id }), [messenger, id]);
  const [first, second, ...more] = writing.flatMap((account) => people.get(account) ?? []);
  if (!first) return null;
  if (more.length > 0) return <>{t("writing.several")}</>;
  // Isolated, so that a name of the other direction turns nothing around.
  const name = (person: typeof first) => `\u2068${personName(person, t)}\u2069`;
  if (second) return <>{t("writing.two", { first: name(first), second: name(second) })}</>;
  return <>{t("writing.one", { name: name(first) })}</>;
}
