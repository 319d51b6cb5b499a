"use client";

import type { ReactElement } from "react";
import { Notifier } from "@/components/notes/notifier";
import { DepartureNews } from "@/components/rooms/departure-news";
import type { Conversation } from "@/lib/client/model";
import { Attention } from "./attention";
import { KeyboardHelp } from "./keyboard-help";

/** What comes once the messenger rests, and nobody has asked for. @param since the conversations as they were at first */
export function Resting({ since }: { since: readonly Conversation[] }): ReactElement {
  return (
    <>
      <Attention />
      <KeyboardHelp />
      <DepartureNews since={since} />
      <Notifier />
    </>
  );
}
