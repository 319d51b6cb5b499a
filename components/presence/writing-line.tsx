"use client";

import type { ReactElement } from "react";
import type { Conversation } from "@/lib/client/model";
import { usePresence } from "./use-presence";

/** Above the composer: who else is writing. Its place is kept, so that nothing moves when they begin. */
export function WritingLine({ id }: { id: Conversation["id"] }): ReactElement {
  const presence = usePresence();
  return (
    <p className="mx-auto h-5 w-full max-w-3xl shrink-0 truncate px-4 text-faint text-xs leading-5 sm:px-6">
      {presence && <presence.WritingNames id={id} />}
    </p>
  );
}
