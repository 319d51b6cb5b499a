"use client";

import type { RefObject } from "react";
import { useToast } from "@/components/ui/toast";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import type { Person } from "@/lib/client/model";
import { namesIn, type SlashCommand } from "./slash";
import { useTalk } from "./talk";

const HOUR_MS = 3_600_000;

/** Somebody was named whom nobody knows here. */
export class NobodyError extends Error {
  override readonly name = "NobodyError";
  readonly called: string;

  constructor(called: string) {
    super(called);
    this.called = called;
  }
}

/** Carries commands out. Each rejects with NobodyError or AppError. */
export function useSlashActions(
  input: RefObject<HTMLTextAreaElement | null>,
): (command: SlashCommand, rest: string) => Promise<void> {
  const { t } = useSayingTexts();
  const toast = useToast();
  const messenger = useMessenger();
  const { conversation, ask } = useTalk();
  const { id } = conversation;

  async function personCalled(name: string): Promise<Person["id"]> {
    const isMeant = (person: Person): boolean => person.name === name && !person.deleted;
    const known = [...messenger.getState().people.values()].find(isMeant);
    const found = known ?? (await messenger.findPeople(name)).find(isMeant);
    if (!found) throw new NobodyError(name);
    return found.id;
  }

  return async (command, rest) => {
    if (command === "leave") {
      ask({ what: "leave", message: null, from: input.current });
      return;
    }
    if (command === "mute") {
      const notes = await messenger.notes();
      await notes.update(id, (before) => ({ ...before, mutedUntil: Date.now() + HOUR_MS }));
      toast(t("slash.muted"));
      return;
    }
    const rooms = await messenger.rooms();
    if (command === "topic") await rooms.rename(id, { topic: rest });
    if (command === "rename") await rooms.rename(id, { name: rest });
    if (command === "invite") await rooms.add(id, await Promise.all(namesIn(rest).map(personCalled)));
  };
}
